import { GetObjectTaggingCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).include("main").analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const keys = ["harbour 1.jpg", "harbour 2.jpg"];
const checks = (page: Page) => page.getByRole("region", { name: "Checks" });
const difference = (page: Page) => page.getByRole("region", { name: "Before and after" });
const run = (page: Page) => page.getByRole("button", { name: "Run job" });

/** @param existing of the two objects that the job is about */
async function review(page: Page, local: Local, bucket: string, existing: number): Promise<string> {
  const rows = keys.map((key) => `${bucket},${encodeURIComponent(key)}`);
  const manifest = await putManifest(local, bucket, rows, existing);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Check ${bucket}` });
  await page.goto(`/jobs/${jobId}/review`);
  // What is all right is told on demand.
  await checks(page)
    .getByText(/checks? passed$/)
    .click();
  await expect(checks(page).getByText("The role may read the manifest", { exact: false })).toBeVisible();
  return jobId;
}

async function withS3<T>(local: Local, work: (s3: ReturnType<typeof connectS3>) => Promise<T>): Promise<T> {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  try {
    return await work(s3);
  } finally {
    s3.destroy();
  }
}
const tagsOf = (local: Local, Bucket: string, Key = keys[0]) =>
  withS3(local, async (s3) => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet);

test("a job is not run in spite of an error that nobody has seen", async ({ page, local, bucket }) => {
  const jobId = await review(page, local, bucket, 0);
  await expect(checks(page).getByRole("listitem").first()).toContainText("All 2 objects that were looked at cannot be found");
  await expect(checks(page).getByRole("img", { name: "Error" })).toHaveCount(1);
  await expect(run(page)).toBeDisabled();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("checkbox", { name: "Confirm although a check has found an error" }).click();
  await run(page).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}$`));
  await expect(page.getByText("in spite of an error of its checks")).toBeVisible();
});

test("what was wrong is mended, checked again, and shown before and after", async ({ page, local, bucket }) => {
  await review(page, local, bucket, 0);
  await expect(run(page)).toBeDisabled();
  await withS3(local, (s3) => Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" })))));
  await checks(page).getByRole("button", { name: "Check again" }).click();
  await expect(checks(page).getByText("All 2 objects that were looked at can be read", { exact: false })).toBeVisible();
  await expect(checks(page).getByRole("img", { name: "Error" })).toHaveCount(0);
  await expect(difference(page)).toContainText("none");
  await expect(difference(page)).toContainText("team = data");
  await page.getByText("What the role must be allowed").click();
  await expect(page.getByText('"s3:PutObjectTagging"')).toBeVisible();
  await expect(page.getByText(`"arn:aws:s3:::${bucket}/reports/job-*"`)).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  expect(await tagsOf(local, bucket)).toEqual([]);
  await expect(run(page)).toBeEnabled();
});

test("a dry run of a job is run first, and then for real", async ({ page, local, bucket }) => {
  test.slow();
  const jobId = await review(page, local, bucket, 2);
  await page.getByRole("button", { name: "Dry run first" }).click();
  await expect(page).not.toHaveURL(new RegExp(jobId));
  await expect(page.getByRole("button", { name: "Start dry run" })).toBeEnabled();
  await expect(page.getByText("Dry run", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Dry run first" })).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Start dry run" }).click();

  await expect(page.getByText("This was a dry run: it changed nothing", { exact: false })).toBeVisible();
  expect(await tagsOf(local, bucket)).toEqual([]);
  await page.getByRole("button", { name: "Run it for real" }).click();

  await expect(run(page)).toBeEnabled();
  await expect(page.getByText("Dry run", { exact: true })).toHaveCount(0);
  await run(page).click();
  await expect(page.getByText("Complete", { exact: true }).first()).toBeVisible();
  expect(await tagsOf(local, bucket)).toEqual([{ Key: "team", Value: "data" }]);
});

test("the wizard offers a dry run, and the list tells it from a job", async ({ page, local, bucket }) => {
  await withS3(local, (s3) => s3.send(new PutObjectCommand({ Bucket: bucket, Key: keys[0], Body: "x" })));
  const next = page.getByRole("button", { name: "Next", exact: true });
  await page.goto("/jobs/new");
  await page.getByRole("radio", { name: "Objects of a bucket" }).click();
  await page.getByRole("textbox", { name: "Bucket", exact: true }).fill(bucket);
  await next.click();
  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("team");
  await next.click();
  await page.getByRole("radio", { name: /^Dry run: changes nothing/ }).click();
  await page.getByLabel("Description").fill(`Dry ${bucket}`);
  await page.getByRole("button", { name: "Use the objects' bucket" }).click();
  await next.click();
  await expect(page.getByText("A dry run, which changes nothing, of", { exact: false })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page.getByRole("button", { name: "Start dry run" })).toBeEnabled();
  await page.goto(`/jobs?q=${bucket}`);
  await expect(page.getByRole("row", { name: new RegExp(`Dry ${bucket}`) }).getByText("Dry run", { exact: true })).toBeVisible();
});
