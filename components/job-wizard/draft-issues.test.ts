import { describe, expect, it } from "vitest";
import { type Draft, lookupOf, newDraft } from "./draft.ts";
import { goneIssues, issuesOf, issuesOfStep, reachableStep, standingIssues, stepOf, toServerIssue } from "./draft-issues.ts";

function filled(): Draft {
  const draft = newDraft("token-1");
  draft.manifest = { connectionId: "c", location: "s3://lists/a.csv", versionId: "", withVersionIds: false, columns: "", found: null };
  draft.manifest.found = { of: lookupOf(draft.manifest)?.of ?? "", etag: "abc", versionId: null, size: 10, lastModified: null };
  draft.operation.name = "S3PutObjectTagging";
  draft.operation.forms.S3PutObjectTagging = { TagSet: [{ Key: "team", Value: "" }] };
  draft.options = { ...draft.options, reportBucket: "reports", roleArn: "arn:aws:iam::123456789012:role/longshore" };
  return draft;
}

const changed = (change: (draft: Draft) => void): Draft => {
  const draft = filled();
  change(draft);
  return draft;
};

describe("stepOf", () => {
  it.each([
    ["Manifest.Location.ETag", "manifest"],
    ["Manifest", "manifest"],
    ["Operation.S3PutObjectCopy.TargetResource", "operation"],
    ["Operation", "operation"],
    ["Report.Bucket", "options"],
    ["RoleArn", "options"],
    ["Tags.0.Key", "options"],
    ["Priority", "options"],
    ["Description", "options"],
    ["ClientRequestToken", "review"],
    ["", "review"],
  ])("%s is mended in %s", (path, step) => expect(stepOf(path)).toBe(step));
});

describe("issuesOf", () => {
  it("finds nothing wrong with a whole draft", () => expect(issuesOf(filled())).toEqual([]));

  it("asks a new draft for all that a job needs", () => {
    expect(issuesOf(newDraft("t")).map((issue) => issue.path)).toEqual([
      "Manifest.Connection",
      "Operation",
      "Manifest.Location.ObjectArn",
      "Report.Bucket",
      "RoleArn",
    ]);
  });

  it.each<[string, (draft: Draft) => void, string, RegExp]>([
    [
      "a path that is none",
      (draft) => {
        draft.manifest.location = "lists/a.csv";
      },
      "Manifest.Location.ObjectArn",
      /s3:\/\/bucket\/key/,
    ],
    [
      "a manifest that was not looked up",
      (draft) => {
        draft.manifest.found = null;
      },
      "Manifest.Location.ObjectArn",
      /not been found/,
    ],
    [
      "a tag without a key",
      (draft) => {
        draft.operation.forms.S3PutObjectTagging = { TagSet: [{ Key: "", Value: "x" }] };
      },
      "Operation.S3PutObjectTagging.TagSet.0.Key",
      /key/,
    ],
    [
      "a copy to nowhere",
      (draft) => {
        draft.operation.name = "S3PutObjectCopy";
      },
      "Operation.S3PutObjectCopy.TargetResource",
      /Choose/,
    ],
    [
      "a metadata key with a space",
      (draft) => {
        draft.operation.name = "S3PutObjectCopy";
        draft.operation.forms.S3PutObjectCopy = {
          TargetResource: "archive",
          MetadataDirective: "REPLACE",
          "NewObjectMetadata.UserMetadata": [{ key: "te am", value: "" }],
        };
      },
      "Operation.S3PutObjectCopy.NewObjectMetadata.UserMetadata.te am",
      /letters, digits/,
    ],
    [
      "a bucket that is none",
      (draft) => {
        draft.options.reportBucket = "my reports";
      },
      "Report.Bucket",
      /name/,
    ],
    [
      "a priority in words",
      (draft) => {
        draft.options.priority = "ten";
      },
      "Priority",
      /number/,
    ],
    [
      "a long description",
      (draft) => {
        draft.options.description = "x".repeat(257);
      },
      "Description",
      /256/,
    ],
    [
      "a long prefix",
      (draft) => {
        draft.options.reportPrefix = "x".repeat(513);
      },
      "Report.Prefix",
      /^has at most 512 characters$/,
    ],
    [
      "no role",
      (draft) => {
        draft.options.roleArn = "";
      },
      "RoleArn",
      /Choose/,
    ],
    [
      "a job tag twice",
      (draft) => {
        draft.options.tags = [
          { Key: "a", Value: "" },
          { Key: "a", Value: "" },
        ];
      },
      "Tags.1.Key",
      /twice/,
    ],
  ])("points at %s", (_name, change, path, words) => {
    expect(issuesOf(changed(change))).toEqual([{ path, message: expect.stringMatching(words) }]);
  });

  it("says nothing about a report that is off", () => {
    expect(
      issuesOf(
        changed((draft) => {
          draft.options.report = false;
          draft.options.reportBucket = "my reports";
        }),
      ),
    ).toEqual([]);
  });
});

describe("reachableStep", () => {
  it("stops at the first step with an issue", () => {
    expect(reachableStep(issuesOf(newDraft("t")))).toBe("manifest");
    expect(
      reachableStep(
        issuesOf(
          changed((draft) => {
            draft.operation.name = "";
          }),
        ),
      ),
    ).toBe("operation");
    expect(
      reachableStep(
        issuesOf(
          changed((draft) => {
            draft.options.roleArn = "";
          }),
        ),
      ),
    ).toBe("options");
    expect(reachableStep([])).toBe("review");
  });
  it("an issue of a step is not another step's", () => expect(issuesOfStep([{ path: "RoleArn", message: "" }], "manifest")).toEqual([]));
});

describe("the server's issues", () => {
  it("stand at the field that shows them until their value changes", () => {
    const draft = filled();
    const issues = [
      toServerIssue(draft, { path: "Manifest.Location.ETag", message: "changed" }),
      toServerIssue(draft, { path: "RoleArn", message: "no such role" }),
    ];
    expect(standingIssues(draft, issues)).toEqual([
      { path: "Manifest.Location.ObjectArn", message: "changed" },
      { path: "RoleArn", message: "no such role" },
    ]);
    if (draft.manifest.found) draft.manifest.found.etag = "new";
    expect(standingIssues(draft, issues).map((issue) => issue.path)).toEqual(["RoleArn"]);
  });
});

describe("the objects of a bucket", () => {
  const path = "ManifestGenerator.S3JobManifestGenerator";
  const selecting = (selection: Partial<Draft["selection"]>): Draft =>
    changed((draft) => {
      draft.source = "bucket";
      draft.manifest.location = "";
      draft.selection = { ...draft.selection, bucket: "photos", ...selection };
    });

  it("need no manifest", () => expect(issuesOf(selecting({ prefixes: "2026/\n2025/", largerThan: "1,000" }))).toEqual([]));

  it.each<[Partial<Draft["selection"]>, string, RegExp]>([
    [{ bucket: "" }, `${path}.SourceBucket`, /Choose a bucket/],
    [{ bucket: "not a bucket" }, `${path}.SourceBucket`, /3 to 63/],
    [{ largerThan: "many" }, `${path}.Filter.ObjectSizeGreaterThanBytes`, /whole number/],
    [{ suffixes: `a\n${"x".repeat(1_025)}` }, `${path}.Filter.KeyNameConstraint.MatchAnySuffix`, /1,024/],
    [{ after: "2026-02-01T00:00:00Z", before: "2026-01-01T00:00:00Z" }, `${path}.Filter.CreatedBefore`, /later/],
  ])("%j is told at its field", (selection, at, words) => {
    expect(issuesOf(selecting(selection))).toEqual([{ path: at, message: expect.stringMatching(words) }]);
    expect(stepOf(at)).toBe("manifest");
  });
});

describe("what is gone", () => {
  const connection = { id: "c" };
  const role = {
    id: "r",
    arn: "arn:aws:iam::123456789012:role/longshore",
    accessKeyId: "a",
    assumeRole: null,
    connection: { id: "c", name: "C" },
    passers: null,
    mayPass: true,
  };
  it.each<[string, readonly (typeof connection)[] | undefined, readonly (typeof role)[] | undefined, string[]]>([
    ["nothing", [connection], [role], []],
    ["the connection", [{ id: "other" }], [role], ["Manifest.Connection"]],
    ["the role", [connection], [], ["RoleArn"]],
    ["the role, from this connection", [connection], [{ ...role, connection: { id: "other", name: "O" } }], ["RoleArn"]],
    ["the right to the role", [connection], [{ ...role, mayPass: false }], ["RoleArn"]],
    ["nothing that is known yet", undefined, undefined, []],
  ])("%s", (_name, connections, roles, paths) => expect(goneIssues(filled(), connections, roles).map(({ path }) => path)).toEqual(paths));

  it("is nothing in a draft that names nothing", () => expect(goneIssues(newDraft("t"), [], [])).toEqual([]));
});
