import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDb } from "./client.ts";

/** A message of PostgreSQL's protocol: its type, its length, its body. */
const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const lastWords = "terminating connection due to unexpected postmaster exit";
const fatal = message("E", Buffer.from(`SFATAL\0C57P01\0M${lastWords}\0\0`));

/** Lets everybody in, and dies. */
const server = createServer((socket) => {
  socket.on("error", () => undefined);
  socket.once("data", () => socket.end(Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I")), fatal])));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `postgresql://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/any`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("a server that dies as a connection is made fails the transaction, and not the process", async () => {
  const db = createDb(url, 1);
  await expect(db.$transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
  await db.$disconnect();
});
