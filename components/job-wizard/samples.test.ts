import { expect, it } from "vitest";
import { lookupOf } from "./draft.ts";
import { issuesOf } from "./draft-issues.ts";
import { draftOfSample, sampleNames } from "./samples.ts";

const arn = "arn:aws:iam::123456789012:role/longshore-sandbox";
const role = { id: "r", arn, accessKeyId: "a", assumeRole: null, connection: { id: "c", name: "My sandbox" }, passers: null, mayPass: true };

it.each(sampleNames)("%s is a whole job as soon as its manifest is looked up", (name) => {
  const draft = draftOfSample(name, [{ ...role, id: "other", arn: `${arn}-2` }, role], "token");
  if (!draft) throw new Error("There is no draft");
  expect(draft.options.roleArn).toBe(arn);
  expect(draft.manifest.connectionId).toBe("c");
  draft.manifest.found = { of: lookupOf(draft.manifest)?.of ?? "", etag: "e", versionId: null, size: 1, lastModified: null };
  expect(issuesOf(draft)).toEqual([]);
});

it("there is none without the sandbox's role", () => expect(draftOfSample("tag-photos", [{ ...role, arn: `${arn}-2` }], "token")).toBeNull());
