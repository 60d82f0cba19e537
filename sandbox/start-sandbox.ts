import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SandboxUser } from "./auth/authorize.ts";
import { type SandboxRole, Sessions } from "./auth/sessions.ts";
import { answerControl, CONTROL_PATH } from "./control.ts";
import { Faults } from "./faults.ts";
import { handleRequest, type Service } from "./http/handle-request.ts";
import type { ServerSettings } from "./http/operation.ts";
import { openStore, type Store } from "./store/open-store.ts";

export type { AllowStatement, Policy, SandboxUser } from "./auth/authorize.ts";
export type { SandboxRole } from "./auth/sessions.ts";
export type { Fault } from "./faults.ts";

export interface SandboxOptions extends Partial<ServerSettings> {
  /** 0, or left out: any free one. */
  port?: number;
  /** Where buckets and objects are kept; made when it is not there. */
  dir: string;
  users: readonly SandboxUser[];
  /** What the users may assume by STS, at the same address. */
  roles?: readonly SandboxRole[];
  region?: string;
  /** Twelve digits: the owner of all buckets. */
  accountId?: string;
  /** Lets `/-/faults` be set over HTTP without a signature. For tests only. */
  control?: boolean;
  /** The time that objects, locks and restores go by, in milliseconds. Signatures always go by the machine's clock. */
  now?: () => number;
}

export interface Sandbox {
  url: string;
  port: number;
  faults: Faults;
  store: Store;
  /** Puts the sandbox's clock forward. */
  advance(milliseconds: number): void;
  /** Ends open connections and closes the data. */
  close(): Promise<void>;
}

/**
 * Starts an S3 server on 127.0.0.1.
 * @throws Error when the port is taken or the data directory is in use.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const users = new Map(options.users.map((user) => [user.accessKeyId, user]));
  const store = openStore(options.dir);
  const faults = new Faults();
  const sessions = new Sessions();
  const now = options.now ?? Date.now;
  let ahead = 0;
  const service: Service = {
    store,
    faults,
    region: options.region ?? "us-east-1",
    owner: { id: options.accountId ?? "000000000000", name: "sandbox" },
    findUser: (accessKeyId) => users.get(accessKeyId) ?? sessions.find(accessKeyId),
    tokens: { sessions, roles: options.roles ?? [] },
    now: () => now() + ahead,
    settings: {
      maxSingleBytes: options.maxSingleBytes ?? 5 * 1024 ** 3,
      minPartBytes: options.minPartBytes ?? 5 * 1024 ** 2,
      restoreMs: options.restoreMs ?? { Expedited: 5_000, Standard: 30_000, Bulk: 60_000 },
      updateObjectEncryption: options.updateObjectEncryption ?? true,
    },
  };
  const running = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (message, response) => {
    const controlled = options.control === true && message.url === CONTROL_PATH;
    const work = controlled ? answerControl(faults, message, response) : handleRequest(service, message, response);
    running.add(work);
    work.finally(() => running.delete(work));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
  } catch (error) {
    store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    faults,
    store,
    advance(milliseconds) {
      ahead += milliseconds;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(running);
      store.close();
    },
  };
}
