import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CreateJobInput } from "../jobs/job-schema.ts";
import { awsCommand } from "./create-job-command.ts";
import { type Api, accountId, roleArn, startApi } from "./testing/fixture.ts";

const python = "/usr/bin/python3";
const installed = spawnSync(python, ["-c", "import awscli.clidriver"], { stdio: "ignore" }).status === 0;

let api: Api;
let home: string;
beforeAll(async () => {
  api = await startApi();
  home = mkdtempSync(join(tmpdir(), "longshore-cli-"));
  const { accessKeyId, secretAccessKey } = api.keys.operator;
  writeFileSync(join(home, "credentials"), ["[longshore]", `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, ""].join("\n"), {
    mode: 0o600,
  });
});
afterAll(async () => {
  await api.stop();
  rmSync(home, { recursive: true, force: true });
});

/** In a shell, with Debian's CLI as `aws`. */
function run(command: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const script = `aws() { ${python} -c 'import sys; from awscli.clidriver import main; sys.exit(main())' "$@"; }\n${command}`;
  const child = spawn("sh", ["-c", script], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: home,
      AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_PAGER: "",
      // Older clients put the account before the host all the same: the console itself is the proxy that knows such names.
      HTTP_PROXY: `http://127.0.0.1:${api.port}`,
    },
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8");
    child[name].on("data", (piece: string) => {
      text[name] += piece;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...text }));
  });
}

test.skipIf(!installed)("the command makes the job that was shown, whatever its texts have in them, and a job of its own with each run", async () => {
  const job: CreateJobInput = {
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: "owner", Value: "köprü + ä" }] } },
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: "arn:aws:s3:::lists/it's a $(list) `of` \\n.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
    },
    Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "a'b", Format: "Report_CSV_20180820", ReportScope: "AllTasks" },
    Priority: 10,
    RoleArn: roleArn,
    ClientRequestToken: "not said",
    Description: "file:///etc/hostname '; exit 1; ' 🌉",
    Tags: [{ Key: "a", Value: "-b" }],
    ConfirmationRequired: true,
  };
  const command = awsCommand(job, { endpoint: `http://localhost:${api.port}`, accountId });
  for (const _ of [1, 2]) {
    const { status, stderr } = await run(command);
    expect([status, stderr]).toEqual([0, ""]);
  }
  const made = await api.db.job.findMany();
  expect(made).toHaveLength(2);
  const { Operation, Manifest, Report, RoleArn } = job;
  for (const one of made) {
    expect(one).toMatchObject({
      description: job.Description,
      priority: 10,
      tags: job.Tags,
      confirmationRequired: true,
      definition: { Operation, Manifest, Report, RoleArn },
    });
  }
});
