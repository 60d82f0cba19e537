import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { CreateJobInput } from "../jobs/job-schema.ts";
import { operations } from "../operations/registry.ts";
import { awsCommand, curlCommand, jsonWord, onlyOurs } from "./create-job-command.ts";

const job = (more: Partial<CreateJobInput> = {}): CreateJobInput => ({
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: 'it\'s $(id) `id`\n"x"\u202e 🌉' }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::lists/it's a list.csv", ETag: "e" },
  },
  Report: { Enabled: false },
  Priority: 10,
  RoleArn: "arn:aws:iam::123456789012:role/longshore",
  ClientRequestToken: "token",
  Description: "--file://'; touch x; '",
  ConfirmationRequired: true,
  ...more,
});
const place = { endpoint: "https://longshore.example.com", accountId: "123456789012" };

/** The words that a program of this name is given, by a real shell. */
function wordsOf(command: string, program: string): string[][] {
  const script = `${program}() { for word; do printf '%s\\0' "$word"; done; printf '\\001'; }\n${command}`;
  const { stdout, stderr, status } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split("\u0001")
    .slice(0, -1)
    .map((call) => call.split("\0").slice(0, -1));
}

describe("awsCommand", () => {
  it("says all of the job but its token, through a shell, whatever is in it", () => {
    const [words = []] = wordsOf(awsCommand(job(), place), "aws");
    const { ClientRequestToken: _, ...said } = job();
    expect(words.slice(0, -1)).toEqual(
      "s3control create-job --profile longshore --region snow --endpoint-url https://longshore.example.com --account-id 123456789012 --cli-input-json".split(
        " ",
      ),
    );
    expect(JSON.parse(words.at(-1) ?? "")).toEqual(said);
  });
});

describe("curlCommand", () => {
  it("signs in, and sends all of the job", () => {
    const calls = wordsOf(curlCommand(job({ DryRun: true }), place), "curl");
    expect(calls.map((words) => words.at(-1))).toEqual([`${place.endpoint}/api/auth/sign-in/email`, `${place.endpoint}/api/jobs`]);
    const sent = calls[1] ?? [];
    expect(JSON.parse(sent[sent.indexOf("--data-raw") + 1] ?? "")).toEqual(job({ DryRun: true }));
  });
});

it("JSON for a shell hides nothing", () => expect(jsonWord("'\u202e\u00a0ü\ud800")).toBe(`'"\\u0027\\u202e\\u00a0ü\\ud800"'`));

describe("onlyOurs", () => {
  it("finds nothing in a job that Amazon's clients know", () => expect(onlyOurs(job())).toEqual([]));

  it.each<[Partial<CreateJobInput>, string[]]>([
    [{ DryRun: true }, ["DryRun"]],
    [{ Operation: { DeleteObject: {} } }, ["the operation “Delete objects”"]],
    [{ Operation: { InvokeWebhook: { Url: "https://example.com" } }, DryRun: true }, ["the operation “Invoke webhook”", "DryRun"]],
    [
      {
        Manifest: undefined,
        ManifestGenerator: {
          S3JobManifestGenerator: { SourceBucket: "arn:aws:s3:::b", EnableManifestOutput: false, Filter: { MatchAnyTag: [{ Key: "a" }] } },
        },
      },
      ["ManifestGenerator.S3JobManifestGenerator.Filter.MatchAnyTag"],
    ],
  ])("%j", (more, found) => expect(onlyOurs(job(more))).toEqual(found));

  it("knows every operation that is not Amazon's", () => {
    for (const operation of operations) {
      const own = onlyOurs(job({ Operation: { [operation.name]: operation.initial } }));
      expect([operation.name, own.length > 0]).toEqual([operation.name, "ours" in operation && operation.ours]);
    }
  });
});
