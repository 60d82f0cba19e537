import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach } from "vitest";
import { type Sandbox, type SandboxOptions, type SandboxUser, startSandbox } from "../start-sandbox.ts";

export const mainUser: SandboxUser = { accessKeyId: "MAIN", secretAccessKey: "main-secret", name: "main" };

/** A sandbox of each test's own, for what no other server can be asked to do: other users, other settings, other times. */
export function ownSandbox() {
  let dir = "";
  let sandbox: Sandbox | undefined;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "longshore-sandbox-"));
  });
  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    async start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
      sandbox = await startSandbox({ dir, ...options, users: [mainUser, ...(options.users ?? [])] });
      return sandbox;
    },
    /** Ends the sandbox as it stands; the next one finds its data. */
    async stop(): Promise<void> {
      await sandbox?.close();
      sandbox = undefined;
    },
    connect(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined } = mainUser): S3Client {
      const { accessKeyId, secretAccessKey, sessionToken } = credentials;
      return new S3Client({
        endpoint: sandbox?.url ?? "",
        region: "us-east-1",
        forcePathStyle: true,
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
        maxAttempts: 1,
      });
    },
  };
}
