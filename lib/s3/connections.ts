import { buildConnector, Client } from "undici";
import { certificatesOf } from "./certificates.ts";
import type { S3Target } from "./connect-s3.ts";

/** Answers to tasks are short; a larger one is not S3's. */
const maxAnswerBytes = 1024 * 1024;

/** Open connections, each with one request at a time. The one used last is used next, so that the others may close. */
export interface Connections {
  /** A new one, to be closed by who opened it. */
  open(origin: string): Client;
  take(origin: string): Client;
  give(client: Client, origin: string): void;
  close(): Promise<void>;
}

/**
 * One undici Client per connection instead of its Pool, which looks through all of them for a free one at each request,
 * and waits for a turn of the event loop more before it uses one again.
 */
export function createConnections(target: Pick<S3Target, "caCertificate">): Connections {
  const connect = buildConnector({ timeout: 5_000, ...certificatesOf(target) });
  const free = new Map<string, Client[]>();
  const all = new Set<Client>();

  const open = (origin: string) => {
    const client = new Client(origin, { connect, pipelining: 1, allowH2: false, headersTimeout: 60_000, bodyTimeout: 60_000, maxResponseSize: maxAnswerBytes });
    return client;
  };
  const openKept = (origin: string) => {
    const client = open(origin);
    all.add(client);
    return client;
  };
  return {
    open,
    take: (origin) => free.get(origin)?.pop() ?? openKept(origin),
    give(client, origin) {
      const list = free.get(origin);
      if (list) list.push(client);
      else free.set(origin, [client]);
    },
    async close() {
      await Promise.all([...all].map((client) => client.close()));
    },
  };
}
