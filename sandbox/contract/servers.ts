import { fork } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type SandboxOptions, startSandbox } from "../start-sandbox.ts";
import { rgwKmsKey, rgwOther, rgwUser } from "./rgw.ts";

export type ServerName = "sandbox" | "ceph-rgw";

/** A server that was started for the suite and holds nothing else. */
export interface ContractServer {
  endpoint: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The canonical id of another account that it knows. */
  otherOwner: string;
  /** A KMS key that it has. */
  kmsKeyId: string;
  /** Where roles are assumed; their keys are good there. One may do all, the other may list and read. */
  sts: { endpoint: string; roleArn: string; readerArn: string };
  stop(): Promise<void>;
}

export async function startContractSandbox(settings: Partial<Pick<SandboxOptions, "maxSingleBytes" | "minPartBytes">> = {}): Promise<ContractServer> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-sandbox-"));
  const user = { accessKeyId: "SANDBOXKEY0001", secretAccessKey: "sandbox-secret-key-0001", name: "main" };
  const roles = [{ name: "BatchRole" }, { name: "Reader", policy: { allow: [{ action: ["s3:Get*", "s3:List*"], resource: "*" }] } }];
  const sandbox = await startSandbox({ dir, users: [user], roles, ...settings });
  const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
  return {
    endpoint: sandbox.url,
    otherOwner: "b".repeat(64),
    sts: { endpoint: sandbox.url, roleArn: roleArn("BatchRole"), readerArn: roleArn("Reader") },
    kmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
    ...user,
    async stop() {
      await sandbox.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const programs = ["radosgw", "radosgw-admin", "ceph", "ceph-mon", "ceph-osd", "monmaptool"];

const onPath = (program: string): boolean =>
  (process.env.PATH ?? "").split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** What keeps Ceph RGW from being started here; undefined when nothing does. */
export function whyNoRgw(): string | undefined {
  const missing = programs.filter((program) => !onPath(program));
  if (missing.length === 0) return undefined;
  return `${missing.join(", ")} not found: on Debian, apt-get install --no-install-recommends ceph-mon ceph-osd radosgw ceph-common`;
}

type RgwMessage = { type: "ready"; port: number; stsPort: number } | { type: "failed"; reason: string };

export async function startContractRgw(): Promise<ContractServer> {
  const child = fork(join(import.meta.dirname, "rgw.ts"), { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  const [message] = (await Promise.race([once(child, "message"), exited.then(() => [{ type: "failed", reason: "it ended" }])])) as [RgwMessage];
  if (message.type === "failed") throw new Error(`Ceph RGW did not start: ${message.reason}`);
  return {
    endpoint: `http://127.0.0.1:${message.port}`,
    ...rgwUser,
    otherOwner: rgwOther,
    kmsKeyId: rgwKmsKey,
    sts: { endpoint: `http://127.0.0.1:${message.stsPort}`, roleArn: "arn:aws:iam:::role/BatchRole", readerArn: "arn:aws:iam:::role/Reader" },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
