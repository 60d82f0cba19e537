import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, type Page } from "@playwright/test";
import { bucketArn, objectArn } from "#lib/jobs/arn.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import type { Local } from "./job-fixtures.ts";

interface ManifestObject {
  ObjectArn: string;
  ETag: string;
}

/**
 * Puts a manifest of these rows (`bucket,encoded key`) into the bucket, and the objects of its first rows.
 * @param existing how many of the rows have an object
 */
export async function putManifest(local: Local, bucket: string, rows: string[], existing: number): Promise<ManifestObject> {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  try {
    const key = `manifests/${crypto.randomUUID()}.csv`;
    const keys = rows.slice(0, existing).map((row) => decodeURIComponent(row.split(",")[1] ?? ""));
    await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }))));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: `${rows.join("\n")}\n` }));
    const { ETag = "" } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { ObjectArn: objectArn(bucket, key), ETag };
  } finally {
    s3.destroy();
  }
}

interface JobByApi {
  manifest: ManifestObject;
  reportBucket: string;
  roleArn: string;
  description: string;
}

/** A tagging job that needs confirmation, made with the page's session. @returns its id */
export async function createJobByApi(page: Page, { manifest, reportBucket, roleArn, description }: JobByApi): Promise<string> {
  const input: CreateJobInput = {
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
    Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location: manifest },
    Report: { Enabled: true, Bucket: bucketArn(reportBucket), Prefix: "reports" },
    Priority: 10,
    RoleArn: roleArn,
    ClientRequestToken: crypto.randomUUID(),
    Description: description,
  };
  const answer = await page.request.post("/api/jobs", { data: input });
  expect(answer.status(), await answer.text()).toBe(200);
  const { jobId } = (await answer.json()) as { jobId: string };
  return jobId;
}

/** Confirms, and sees what is said then: from the confirmation until it is seen, the page reads nothing of the job, which may have ended at once. */
export async function confirmAndSee(page: Page, jobId: string, confirm: () => Promise<void>, said: string): Promise<void> {
  const seen = Promise.withResolvers<void>();
  let held: Promise<void> | undefined;
  await page.route(`**/api/jobs/${jobId}`, async (route) => {
    await held;
    await route.fallback();
  });
  await page.route(`**/api/jobs/${jobId}/confirm`, (route) => {
    held = seen.promise;
    return route.fallback();
  });
  await confirm();
  await expect(page.getByText(said)).toBeVisible();
  seen.resolve();
}

/** Chooses an operation in the wizard's second step, whether one was chosen before or not. */
export async function chooseOperation(page: Page, name: string): Promise<void> {
  const change = page.getByRole("button", { name: "Change the operation" });
  if (await change.isVisible()) await change.click();
  await page.getByRole("radio", { name, exact: true }).click();
  await expect(change).toBeVisible();
}
