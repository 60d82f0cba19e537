import { describe, expect, it } from "vitest";
import type { TaskRequest } from "./operation.ts";
import { replicateObject } from "./replicate-object.ts";
import { asLine, playSteps, type Said } from "./testing/play-steps.ts";
import { testJob } from "./testing/test-job.ts";

const rules = (...inside: string[]) => ({ body: `<ReplicationConfiguration>${inside.join("")}</ReplicationConfiguration>` });
const rule = (bucket: string, prefix = "") =>
  `<Rule><Status>Enabled</Status><Filter><Prefix>${prefix}</Prefix></Filter><Destination><Bucket>arn:aws:s3:::${bucket}</Bucket><StorageClass>STANDARD_IA</StorageClass></Destination></Rule>`;
const head = { headers: { etag: '"e"', "x-amz-version-id": "v2", "x-amz-storage-class": "GLACIER_IR", "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" } };

/** Replicates objects one after the other, as one executor does. */
function start(replication: Said, more: Record<string, Said> = {}) {
  const run = replicateObject.run({}, testJob());
  if (!("steps" in run)) throw new Error("a single request");
  return (task: { bucket: string; key: string; versionId?: string }) =>
    playSteps(run.steps([task]), (request) => {
      const line = asLine(request);
      if (line in more) return more[line] as Said;
      if (line.endsWith("?replication")) return replication;
      if (line.startsWith("HEAD")) return head;
      if (line.endsWith("?acl")) return { body: "<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList/></AccessControlPolicy>" };
      if (line.endsWith("?object-lock")) return { code: "ObjectLockConfigurationNotFoundError", httpStatus: 404 };
      return {};
    });
}

describe("an object", () => {
  it("is copied to the destination of each rule, in the class that the rule says, of the version that was looked at", async () => {
    const { end, sent } = await start(rules(rule("one"), rule("two")))({ bucket: "b", key: "k" });
    expect(end).toMatchObject({ value: [{ kind: "succeeded", message: "Copied to one, two" }] });
    expect(sent.filter((request) => asLine(request).startsWith("PUT"))).toMatchObject([
      {
        bucket: "one",
        key: "k",
        headers: { "x-amz-copy-source": "/b/k?versionId=v2", "x-amz-storage-class": "STANDARD_IA", "x-amz-copy-source-if-match": '"e"' },
      },
      { bucket: "two" },
    ]);
  });

  it("asks for the rules and the lock of its bucket once", async () => {
    const replicate = start(rules(rule("one")));
    await replicate({ bucket: "b", key: "k1" });
    const { sent } = await replicate({ bucket: "b", key: "k2" });
    expect(sent.map(asLine)).toEqual(["HEAD b/k2", "GET b/k2?acl", "PUT one/k2"]);
  });

  it.each<[string, Said, string | undefined, Record<string, Said>, string]>([
    ["whose bucket has no replication", { code: "ReplicationConfigurationNotFoundError", httpStatus: 404 }, undefined, {}, "NoReplicationRule"],
    ["that no rule is for", rules(rule("one", "in/")), undefined, {}, "NoReplicationRule"],
    ["whose rules the role may not read", { code: "AccessDenied", httpStatus: 403 }, undefined, {}, "AccessDenied"],
    ["of which an older version is named", rules(rule("one")), "v1", {}, "NotCurrentVersion"],
    ["whose ACL it may not read", rules(rule("one")), undefined, { "GET b/k?acl": { code: "AccessDenied", httpStatus: 403 } }, "AccessDenied"],
  ])("%s fails, and nothing is written", async (_what, replication, versionId, more, code) => {
    const { end, sent } = await start(replication, more)({ bucket: "b", key: "k", ...(versionId && { versionId }) });
    expect(end).toMatchObject({ failure: { code } });
    expect(sent.filter((request) => (request as TaskRequest).method === "PUT")).toEqual([]);
  });

  it("that was deleted is not brought back from a version that is named", async () => {
    const { end } = await start(rules(rule("one")), { "HEAD b/k": { code: "NotFound", httpStatus: 404 } })({ bucket: "b", key: "k", versionId: "v1" });
    expect(end).toMatchObject({ value: [{ kind: "failed", code: "NotCurrentVersion" }] });
  });
});
