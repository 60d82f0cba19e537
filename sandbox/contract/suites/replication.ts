import {
  DeleteBucketReplicationCommand,
  GetBucketReplicationCommand,
  PutBucketReplicationCommand,
  type ReplicationConfiguration,
  type ReplicationRule,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

const Role = "arn:aws:iam::000000000000:role/replication";

async function buckets(bench: Bench) {
  const [Bucket, target] = [await bench.bucket({ versioned: true }), await bench.bucket({ versioned: true })];
  const rule: ReplicationRule = {
    ID: "photos",
    Priority: 1,
    Status: "Enabled",
    Filter: { And: { Prefix: "2026/", Tags: [{ Key: "keep", Value: "yes" }] } },
    DeleteMarkerReplication: { Status: "Disabled" },
    Destination: { Bucket: `arn:aws:s3:::${target}`, StorageClass: "STANDARD_IA" },
  };
  const put = (from: string, ...Rules: ReplicationRule[]) =>
    bench.s3.send(new PutBucketReplicationCommand({ Bucket: from, ReplicationConfiguration: { Role, Rules } }));
  return { Bucket, rule, put };
}

export const replication: Suite = (check) => {
  check("rules are kept and given back", async (bench) => {
    const { Bucket, rule, put } = await buckets(bench);
    const all = { ...rule, ID: "all", Priority: 2, Status: "Disabled" as const, Filter: { Prefix: "" } };
    await put(Bucket, rule, all);
    const configuration: ReplicationConfiguration = { Role, Rules: [rule, all] };
    expect((await bench.s3.send(new GetBucketReplicationCommand({ Bucket }))).ReplicationConfiguration).toEqual(configuration);
  });

  check("rules are said to be none where there are none", async (bench) => {
    const { Bucket, rule, put } = await buckets(bench);
    await expectError(bench.s3.send(new GetBucketReplicationCommand({ Bucket })), "ReplicationConfigurationNotFoundError", 404);
    await put(Bucket, rule);
    await bench.s3.send(new DeleteBucketReplicationCommand({ Bucket }));
    await expectError(bench.s3.send(new GetBucketReplicationCommand({ Bucket })), "ReplicationConfigurationNotFoundError", 404);
  });

  check("needs versioning", async (bench) => {
    const { rule, put } = await buckets(bench);
    await expectError(put(await bench.bucket(), rule), "InvalidRequest", 400);
  });

  check("needs a destination that is there", async (bench) => {
    const { Bucket, rule, put } = await buckets(bench);
    await expectError(put(Bucket, { ...rule, Destination: { Bucket: "arn:aws:s3:::no-such-bucket-at-all" } }), "InvalidRequest", 400);
  });
};
