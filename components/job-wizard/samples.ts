import type { RoleView } from "#lib/connections/connection-views.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import { csvFormat } from "#lib/jobs/manifest-schema.ts";
import type { Draft } from "./draft.ts";
import { type DraftSource, draftOfJob } from "./draft-of-job.ts";

/** Jobs for the sandbox's sample data (sandbox/seed.ts), ready to be made. */
const samples = {
  "tag-photos": {
    description: "Tag the sample photos",
    manifest: "arn:aws:s3:::sample-manifests/photos-2026.csv",
    operation: { S3PutObjectTagging: { TagSet: [{ Key: "year", Value: "2026" }] } },
  },
} as const;

export type SampleName = keyof typeof samples;
export const sampleNames = Object.keys(samples) as SampleName[];

/** The role that the launcher gives the sandbox, whatever its connection is called by now. */
const sandboxRole = /:role\/longshore-sandbox$/;

/** @returns null where there is no sandbox. Its manifest is still to be looked up. */
export function draftOfSample(name: SampleName, roles: readonly RoleView[], token: string): Draft | null {
  const role = roles.find(({ arn }) => sandboxRole.test(arn));
  if (!role) return null;
  const { description, manifest, operation } = samples[name];
  const job: DraftSource = {
    definition: {
      Operation: operation,
      Manifest: { Spec: { Format: csvFormat, Fields: ["Bucket", "Key"] }, Location: { ObjectArn: manifest, ETag: "" } },
      Report: {
        Enabled: true,
        Bucket: bucketArn("sample-reports"),
        Prefix: "first-job",
        Format: "Report_CSV_20180820",
        ReportScope: "AllTasks",
      },
      RoleArn: role.arn,
    },
    description,
    priority: 10,
    tags: [],
    connection: { ...role.connection, endpoint: "" },
    reportLocation: null,
  };
  return draftOfJob(job, token);
}
