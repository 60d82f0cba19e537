import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { authority, server as certificate } from "../../bin/testing/test-certificates.ts";
import { type Connections, createConnections } from "./connections.ts";

const limits = { connectMs: 5_000, silenceMs: 60_000, idleMs: 4_000, sweepMs: 1_000 };
const whole = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
let server: Server;
let connections: Connections;
const sockets: Socket[] = [];
afterEach(() => {
  connections.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

/** A server that says what `answer` tells it to for each request; the requests have no body. */
async function serve(answer: (socket: Socket, request: string) => void, options: { secure?: boolean; limits?: typeof limits } = {}): Promise<string> {
  const talk = (socket: Socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined).on("data", (bytes) => answer(socket, bytes.toString("latin1")));
  };
  server = options.secure ? createSecureServer(certificate, talk) : createServer(talk);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  connections = createConnections(options.secure ? { caCertificate: authority } : {}, options.limits ?? limits);
  return `${options.secure ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (origin: string, path = "/") =>
  new Promise<string>((resolve, reject) =>
    connections.send(
      origin,
      { text: `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`, noBody: false, wantsHeaders: false },
      { onAnswer: ({ httpStatus, body }) => resolve(`${httpStatus} ${body}`), onNoAnswer: reject },
    ),
  );

it.each([false, true])("sends one request after the other over the same connection (TLS: %s)", async (secure) => {
  const origin = await serve((socket, request) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n${request.slice(5, 7)}`), { secure });
  expect([await ask(origin, "/aa"), await ask(origin, "/bb"), await ask(origin, "/cc")]).toEqual(["200 aa", "200 bb", "200 cc"]);
  expect(sockets).toHaveLength(1);
});

it("gives requests at once a connection each, and keeps their answers apart", async () => {
  const origin = await serve((socket, request) => {
    const [first, second] = [`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n${request[5]}`, `${request[6]}`];
    socket.write(first);
    // Their bytes come mixed.
    setImmediate(() => socket.write(second));
  });
  const names = Array.from({ length: 30 }, (_, index) => String(10 + index));
  expect(await Promise.all(names.map((name) => ask(origin, `/${name}`)))).toEqual(names.map((name) => `200 ${name}`));
  expect(sockets).toHaveLength(30);
});

it.each([false, true])("takes the end of the connection for the end of an answer without a length (TLS: %s)", async (secure) => {
  const origin = await serve((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nall of it"), { secure });
  expect([await ask(origin), await ask(origin)]).toEqual(["200 all of it", "200 all of it"]);
  expect(sockets).toHaveLength(2);
});

it("uses no connection again that is to be closed, or on which something came unasked", async () => {
  const origin = await serve((socket, request) => {
    if (request.startsWith("GET /close")) socket.end(whole.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    else socket.write(`${whole}${request.startsWith("GET /more") ? "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil" : ""}`);
  });
  for (const path of ["/close", "/more", "/", "/"]) expect(await ask(origin, path)).toBe("200 ok");
  expect(sockets).toHaveLength(3);
  // While it is idle.
  const closed = once(sockets[2] as Socket, "close");
  sockets[2]?.write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
  await closed;
  expect(await ask(origin)).toBe("200 ok");
  expect(sockets).toHaveLength(4);
});

it("tells of an answer that was cut short, of garbage, and of nobody there", async () => {
  const origin = await serve((socket, request) => socket.end(request.startsWith("GET /cut") ? whole.slice(0, -1) : "garbage\r\n\r\n"));
  await expect(ask(origin, "/cut")).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(ask(origin, "/garbage")).rejects.toMatchObject({ name: "MalformedAnswer" });
  server.close();
  await once(server, "close");
  await expect(ask(origin)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

it("waits for no answer without end, and for no connection", async () => {
  const origin = await serve(() => undefined, { limits: { ...limits, silenceMs: 20, sweepMs: 10 } });
  await expect(ask(origin)).rejects.toMatchObject({ code: "ETIMEDOUT", message: "not a byte came for 0.02 s" });
  // It accepts, and does not begin to speak TLS.
  const impatient = createConnections({}, { ...limits, connectMs: 20, sweepMs: 10 });
  const refused = new Promise((_, reject) =>
    impatient.send(
      origin.replace("http:", "https:"),
      { text: "GET / HTTP/1.1\r\n\r\n", noBody: false, wantsHeaders: false },
      { onAnswer: reject, onNoAnswer: reject },
    ),
  );
  await expect(refused).rejects.toMatchObject({ code: "ETIMEDOUT", message: "no connection within 0.02 s" });
  impatient.close();
});

it("closes connections that nobody uses", async () => {
  const origin = await serve((socket) => socket.write(whole), { limits: { ...limits, idleMs: 20, sweepMs: 10 } });
  await ask(origin);
  await once(sockets[0] as Socket, "close");
});

it("tells whoever waits when all are closed", async () => {
  const origin = await serve(() => connections.close());
  await expect(ask(origin)).rejects.toMatchObject({ code: "ECONNRESET" });
});
