import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Target } from "../../s3/connect-s3.ts";
import { createExchange, type ProbeAnswer, type ProbeRequest } from "../exchange.ts";

/** What is sent on, in full. */
export type Passed = Required<Omit<ProbeRequest, "versionId" | "maxBytes">> & { versionId: string | undefined };

/** One way of lying: answers a request, by passing it on as it is, as another one, or not at all. */
export type Lie = (request: Passed, pass: (request: ProbeRequest) => Promise<ProbeAnswer>) => Promise<ProbeAnswer>;

/** A store in front of a real one that signs anew what it passes on. `bucket`: the only one that it serves. */
export async function startHostileStore(target: S3Target, bucket: string, lie: Lie): Promise<{ endpoint: string; close(): Promise<void> }> {
  const exchange = createExchange(target, bucket, new AbortController().signal, []);
  const pass = (request: ProbeRequest) => exchange.send({ maxBytes: 16 * 1024 * 1024, ...request });
  const server = createServer((message, response) => {
    respond(message, response).catch(() => response.destroy());
  });
  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message, bucket);
    const answer = request ? await lie(request, pass) : { status: 404, headers: {}, body: "<Error><Code>NoSuchBucket</Code></Error>" };
    const { "content-length": length, "transfer-encoding": _chunked, connection: _connection, ...headers } = answer.headers;
    response.writeHead(answer.status, message.method === "HEAD" && length !== undefined ? { ...headers, "content-length": length } : headers);
    response.end(message.method === "HEAD" || answer.status === 204 ? undefined : answer.body);
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      exchange.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What the proxy's own signature brings anew. */
const notPassed = new Set(["x-amz-date", "x-amz-content-sha256"]);
const passed = /^(x-amz-.*|content-type|range|if-match|if-none-match)$/;

async function read(message: IncomingMessage, bucket: string): Promise<Passed | null> {
  const [path = "", search = ""] = (message.url ?? "").split("?");
  const prefix = `/${bucket}/`;
  if (path !== `/${bucket}` && !path.startsWith(prefix)) return null;
  const { versionId, ...query } = Object.fromEntries(new URLSearchParams(search.replaceAll("+", "%2B")));
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method as Passed["method"],
    key: decodeURIComponent(path.slice(prefix.length)),
    query,
    versionId,
    headers: Object.fromEntries(
      Object.entries(message.headers).flatMap(([name, value]) => (passed.test(name) && !notPassed.has(name) ? [[name, String(value)]] : [])),
    ),
    body: Buffer.concat(chunks).toString(),
  };
}
