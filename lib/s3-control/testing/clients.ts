import { spawn, spawnSync } from "node:child_process";
import { Agent } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as sdk from "@aws-sdk/client-s3-control";
import type { Keys } from "./fixture.ts";

/** Exactly one of output and error. Times are ISO 8601. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what AWS's clients make of an answer is what is tested.
  output?: any;
  /** `typed`: the client knows the exception by its model. Status and type are null where the client does not say. */
  error?: { code: string; message: string; status: number | null; typed: boolean | null };
}

export interface Client {
  call: (operation: OperationName, parameters: object) => Promise<Answer>;
  close: () => void;
}

interface Settings {
  port: number;
  keys: Keys;
  region?: string;
}

/** The clients that people use, all of them unchanged. `missing` says what would have to be installed, null where nothing. */
export const clients: { name: string; missing: string | null; start: (settings: Settings) => Client }[] = [
  { name: "AWS SDK for JavaScript", missing: null, start: startSdk },
  { name: "AWS CLI of Debian", missing: missing("/usr/bin/python3", ["-c", "import awscli.clidriver"], "awscli"), start: startCli },
  { name: "boto3 of Debian", missing: missing("/usr/bin/python3", ["-c", "import boto3"], "python3-boto3"), start: startBoto },
];

function missing(command: string, args: string[], packageName: string): string | null {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0 ? null : `apt-get install -y --no-install-recommends ${packageName}`;
}

const endpointOf = (port: number) => `http://localhost:${port}`;

/** Where no resolver knows 123456789012.localhost, the console itself is the proxy that does: targets then come in absolute form. */
const environment = ({ port, keys, region = "us-east-1" }: Settings): NodeJS.ProcessEnv => ({
  NODE_ENV: "test",
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_DEFAULT_REGION: region,
  AWS_MAX_ATTEMPTS: "1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_PAGER: "",
  HTTP_PROXY: `http://127.0.0.1:${port}`,
  ENDPOINT: endpointOf(port),
});

const commands = {
  CreateJob: sdk.CreateJobCommand,
  DescribeJob: sdk.DescribeJobCommand,
  ListJobs: sdk.ListJobsCommand,
  UpdateJobPriority: sdk.UpdateJobPriorityCommand,
  UpdateJobStatus: sdk.UpdateJobStatusCommand,
  GetJobTagging: sdk.GetJobTaggingCommand,
  PutJobTagging: sdk.PutJobTaggingCommand,
  DeleteJobTagging: sdk.DeleteJobTaggingCommand,
} as const;
export type OperationName = keyof typeof commands;

function startSdk({ port, keys, region = "us-east-1" }: Settings): Client {
  const httpAgent = new Agent({
    keepAlive: true,
    lookup: (_host, options, done) => (options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4)),
  });
  const client = new sdk.S3ControlClient({ endpoint: endpointOf(port), region, credentials: keys, maxAttempts: 1, requestHandler: { httpAgent } });
  return {
    async call(operation, parameters) {
      const command = new (commands[operation] as typeof sdk.CreateJobCommand)(parameters as sdk.CreateJobCommandInput);
      try {
        const { $metadata, ...output } = await client.send(command);
        if (!$metadata.requestId) throw new Error("The answer has no request id.");
        return { output: JSON.parse(JSON.stringify(output)) };
      } catch (error) {
        if (!(error instanceof sdk.S3ControlServiceException)) throw error;
        // Only an exception that the model has becomes an instance of a class of its own.
        const typed = error.constructor !== sdk.S3ControlServiceException;
        return { error: { code: error.name, message: error.message, status: error.$metadata.httpStatusCode ?? null, typed } };
      }
    },
    close: () => client.destroy(),
  };
}

const kebab = (name: string): string => name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();

/** The CLI's own program, called again and again in one process: it takes seconds to start. */
function startCli(settings: Settings): Client {
  const { answer, close } = startDriver("aws-cli-driver.py", settings);
  return {
    async call(operation, parameters) {
      const args = [
        "s3control",
        kebab(operation),
        "--endpoint-url",
        endpointOf(settings.port),
        "--output",
        "json",
        "--cli-input-json",
        JSON.stringify(parameters),
      ];
      const { status, stdout, stderr } = await answer<{ status: number; stdout: string; stderr: string }>(args);
      if (status === 0) return { output: stdout.trim() === "" ? {} : JSON.parse(stdout) };
      const [, code, message] = /An error occurred \((\w+)\) when calling the \w+ operation(?: \(.*\))?: (.*)/s.exec(stderr) ?? [];
      if (code === undefined) throw new Error(stderr);
      return { error: { code, message: (message ?? "").trim(), status: null, typed: null } };
    },
    close,
  };
}

function startBoto(settings: Settings): Client {
  const { answer, close } = startDriver("boto3-driver.py", settings);
  return {
    async call(operation, parameters) {
      const { failure, requestId, ...rest } = await answer<Answer & { failure?: string; requestId?: string }>({
        operation: kebab(operation).replaceAll("-", "_"),
        parameters,
      });
      if (failure) throw new Error(failure);
      if (!requestId) throw new Error("The answer has no request id.");
      return rest;
    },
    close,
  };
}

/** A Python program that gives a line of JSON for a line of JSON. */
function startDriver(file: string, settings: Settings) {
  const driver = spawn("/usr/bin/python3", [join(import.meta.dirname, file)], { env: environment(settings), stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: driver.stdout })[Symbol.asyncIterator]();
  return {
    async answer<T>(question: unknown): Promise<T> {
      driver.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${file} has ended; see its output.`);
      return JSON.parse(value) as T;
    },
    close: () => driver.stdin.end(),
  };
}
