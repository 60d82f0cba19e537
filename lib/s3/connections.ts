import { connect as connectPlain, isIP, type Socket, type TcpNetConnectOpts } from "node:net";
import { connect as connectSecure } from "node:tls";
import { demandHost, guardedLookup } from "../net/guarded-lookup.ts";
import { AnswerReader } from "./answer-reader.ts";
import { certificatesOf } from "./certificates.ts";
import type { S3Target } from "./connect-s3.ts";

/** Who waits for the answer to a request. One of the two is called, once. */
export interface Exchange {
  /** What was read is there until the next request is sent. */
  onAnswer(answer: AnswerReader): void;
  /** No whole answer came. @param error of the connection, with its code, or of what was read */
  onNoAnswer(error: Error): void;
}

export interface HttpRequest {
  /** The whole request, head and body, a byte a character. */
  text: string;
  /** HEAD: its answer has no body. */
  noBody: boolean;
  wantsHeaders: boolean;
}

/** Open connections, each with one request at a time. The one used last is used next, so that the others may close. */
export interface Connections {
  send(origin: string, request: HttpRequest, exchange: Exchange): void;
  /** Closes all; requests on their way get no answer. */
  close(): void;
}

/** Milliseconds; each may take as much longer as a sweep is away. */
const usualLimits = {
  connectMs: 5_000,
  /** Without a byte. */
  silenceMs: 60_000,
  /** Shorter than the stores' own patience: a request must not meet a connection that is just being closed. */
  idleMs: 4_000,
  sweepMs: 1_000,
};
const keepAliveMs = 60_000;

/** What arrives on any connection: it is read before anything else can arrive. */
const received = Buffer.allocUnsafeSlow(64 * 1024);

/** HTTP/1.1 over TCP or TLS, as little of it as requests to S3 take. */
export function createConnections(target: Pick<S3Target, "caCertificate">, limits = usualLimits): Connections {
  const { connectMs, silenceMs, idleMs, sweepMs } = limits;
  const certificates = certificatesOf(target);
  const free = new Map<string, Connection[]>();
  const all = new Set<Connection>();
  const sessions = new Map<string, Buffer>();
  let now = Date.now();

  class Connection {
    readonly origin: string;
    readonly socket: Socket;
    readonly reader = new AnswerReader();
    exchange: Exchange | null = null;
    connected = false;
    deadline = 0;
    error: Error | null = null;

    constructor(origin: string) {
      this.origin = origin;
      const { protocol, hostname, port } = new URL(origin);
      const host = hostname.replace(/^\[|\]$/g, "");
      const onread = { buffer: received, callback: (count: number) => this.read(count) };
      const secure = protocol === "https:";
      // What is an address is not looked up. Thrown before anything is opened, to whoever sends.
      demandHost(host);
      const options = {
        host,
        lookup: guardedLookup,
        port: Number(port || (secure ? 443 : 80)),
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: keepAliveMs,
        onread,
      };
      this.socket = secure ? this.connectSecure(options) : connectPlain(options);
      this.socket
        .once(secure ? "secureConnect" : "connect", () => {
          this.connected = true;
          this.deadline = Date.now() + silenceMs;
        })
        .on("error", (error) => {
          this.error = error;
        })
        .on("end", () => this.exchange !== null && this.reader.end() && this.finish())
        .on("close", () => {
          all.delete(this);
          this.fail(this.error ?? lost("ECONNRESET", "the connection was closed before the whole answer had come"));
        });
      all.add(this);
    }

    connectSecure(options: TcpNetConnectOpts): Socket {
      const { origin } = this;
      const session = sessions.get(origin);
      // A name for which the certificate is meant: an address has none.
      const servername = isIP(options.host ?? "") === 0 ? options.host : "";
      return connectSecure({ ...options, ...certificates, servername, ALPNProtocols: ["http/1.1"], ...(session && { session }) }).on("session", (ticket) =>
        sessions.set(origin, ticket),
      );
    }

    send({ text, noBody, wantsHeaders }: HttpRequest, exchange: Exchange): void {
      this.exchange = exchange;
      this.reader.begin(noBody, wantsHeaders);
      this.deadline = now + (this.connected ? silenceMs : connectMs);
      this.socket.write(text, "latin1");
    }

    read(count: number): true {
      if (this.exchange === null) this.socket.destroy();
      else {
        this.deadline = now + silenceMs;
        try {
          if (this.reader.push(received.subarray(0, count))) this.finish();
        } catch (error) {
          this.fail(error as Error);
        }
      }
      return true;
    }

    finish(): void {
      const { exchange } = this;
      this.exchange = null;
      // Before the next request is looked for, so that it takes this connection.
      if (this.reader.keepAlive && !this.socket.destroyed) this.give();
      else this.socket.destroy();
      exchange?.onAnswer(this.reader);
    }

    give(): void {
      this.deadline = now + idleMs;
      const list = free.get(this.origin);
      if (list) list.push(this);
      else free.set(this.origin, [this]);
    }

    fail(error: Error): void {
      const { exchange } = this;
      this.exchange = null;
      this.socket.destroy();
      exchange?.onNoAnswer(error);
    }
  }

  const take = (origin: string): Connection => {
    const list = free.get(origin);
    for (let kept = list?.pop(); kept; kept = list?.pop()) if (!kept.socket.destroyed) return kept;
    return new Connection(origin);
  };

  const sweep = setInterval(() => {
    now = Date.now();
    for (const connection of all) {
      if (now < connection.deadline) continue;
      if (connection.exchange === null) connection.socket.destroy();
      else if (connection.connected) connection.fail(lost("ETIMEDOUT", `not a byte came for ${silenceMs / 1000} s`));
      else connection.fail(lost("ETIMEDOUT", `no connection within ${connectMs / 1000} s`));
    }
    for (const [origin, list] of free) {
      const open = list.filter((connection) => !connection.socket.destroyed);
      if (open.length === 0) free.delete(origin);
      else if (open.length < list.length) free.set(origin, open);
    }
  }, sweepMs).unref();

  return {
    send: (origin, request, exchange) => take(origin).send(request, exchange),
    close() {
      clearInterval(sweep);
      for (const connection of all) connection.socket.destroy();
    },
  };
}

const lost = (code: string, message: string): Error => Object.assign(new Error(message), { code });
