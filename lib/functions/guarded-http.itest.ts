import type { lookup } from "node:dns";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { authority, server as certificate } from "../../bin/testing/test-certificates.ts";
import { guarded } from "../net/guarded-lookup.ts";
import { createGuardedHttp } from "./guarded-http.ts";

const request = { method: "POST", headers: {}, body: "{}", timeoutMs: 5_000, maxBytes: 1_000 } as const;

it.each(["http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://[::ffff:a9fe:a9fe]/", "http://100.100.100.200/", "http://[fd00:ec2::254]/"])(
  "does not go to %s",
  async (url) => {
    const http = createGuardedHttp();
    await expect(http.send({ ...request, url })).rejects.toMatchObject({ code: "ForbiddenAddress" });
    http.close();
  },
);

/** A name server that says anything. */
const named = (...addresses: string[]) =>
  guarded(((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )) as unknown as typeof lookup);
const found = (lookUp: ReturnType<typeof guarded>, all: boolean) =>
  new Promise((resolve, reject) => lookUp("name.example", { all }, (error, address) => (error ? reject(error) : resolve(address))));

it("goes to the very addresses that it looked at", async () => {
  expect(await found(named("10.0.0.1", "fd00::1"), true)).toEqual([
    { address: "10.0.0.1", family: 4 },
    { address: "fd00::1", family: 6 },
  ]);
  expect(await found(named("10.0.0.1", "fd00::1"), false)).toBe("10.0.0.1");
});

it.each([["169.254.169.254"], ["10.0.0.1", "169.254.170.2"], ["fe80::1"], ["::ffff:169.254.169.254"], ["64:ff9b::a9fe:a9fe"]])(
  "goes to no name that leads to %s",
  async (...addresses) => {
    for (const all of [true, false]) await expect(found(named(...addresses), all)).rejects.toMatchObject({ code: "ForbiddenAddress" });
  },
);

it("trusts the authorities that it is told of, and the system's otherwise", async () => {
  const secure = createServer(certificate, (_, response) => response.end("hello"));
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
  const [trusting, wary] = [createGuardedHttp([authority]), createGuardedHttp()];
  expect((await trusting.send({ ...request, url })).body.toString()).toBe("hello");
  await expect(wary.send({ ...request, url })).rejects.toThrow(/certificate/);
  trusting.close();
  wary.close();
  await new Promise((resolve) => secure.close(resolve));
});
