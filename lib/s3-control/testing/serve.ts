import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { keepPeer } from "../../http/peer.ts";
import { handleRequest, type S3Control } from "../handle-request.ts";
import { keepTarget } from "../request-target.ts";

/** The API on a free port of this machine, by the same functions that the console serves it with. */
export async function serve(api: S3Control): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(api, request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function answer(api: S3Control, message: IncomingMessage, response: ServerResponse): Promise<void> {
  keepTarget(message);
  keepPeer(message);
  const method = message.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  const request = new Request(new URL(message.url ?? "/", "http://localhost"), {
    method,
    headers: message.headers as Record<string, string>,
    body,
    duplex: "half",
  } as RequestInit);
  const { status, headers, body: content } = await handleRequest(api, request);
  response.writeHead(status, Object.fromEntries(headers));
  if (content) await pipeline(Readable.fromWeb(content as import("node:stream/web").ReadableStream), response).catch(() => undefined);
  else response.end();
}
