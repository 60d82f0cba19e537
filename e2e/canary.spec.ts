import { GetObjectTaggingCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const objects = 40;
const keyOf = (index: number) => `photo ${String(index).padStart(2, "0")}.jpg`;

/** A tagging job of 40 objects. @param missing of the first of which there is no object */
async function review(page: Page, local: Local, bucket: string, missing = 0): Promise<string> {
  const rows = Array.from({ length: objects }, (_, index) => `${bucket},${encodeURIComponent(keyOf(index))}`);
  // The objects of the other rows, and then the list of all.
  await putManifest(local, bucket, rows.slice(missing), objects - missing);
  const manifest = await putManifest(local, bucket, rows, 0);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Canary ${bucket}` });
  await page.goto(`/jobs/${jobId}/review`);
  return jobId;
}

async function tagged(local: Local, bucket: string): Promise<string[]> {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  const keys = Array.from({ length: objects }, (_, index) => keyOf(index));
  const sets = await Promise.all(keys.map((Key) => s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key }))));
  s3.destroy();
  return keys.filter((_key, index) => sets[index]?.TagSet?.some(({ Key }) => Key === "team"));
}

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).include("main").analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const decision = (page: Page) => page.getByRole("form", { name: "Decision" });

test("the first objects run, their outcome is seen, then the next, and then the rest", async ({ page, local, bucket }) => {
  test.slow();
  const jobId = await review(page, local, bucket);
  const bar = decision(page);
  await expect(bar.getByRole("radio", { name: "All 40 objects at once" })).toBeChecked();
  const number = bar.getByRole("textbox", { name: "Number of first objects" });
  await number.fill("40");
  await expect(bar.getByRole("radio", { name: "The first" })).toBeChecked();
  await bar.getByRole("button", { name: /^Run / }).click();
  await expect(bar.getByText("40 objects are left: run fewer first, or all at once")).toBeVisible();
  await expect(number).toBeFocused();
  expect(await seriousProblems(page)).toEqual([]);
  await number.fill("3");
  await bar.getByRole("button", { name: "Run the first 3 objects" }).click();

  await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}$`));
  await expect(page.getByText("The first 3 of 40 objects have run. The job waits until somebody has looked at the outcome")).toBeVisible();
  await expect(page.getByText("3 of 40 tasks have run: 3 succeeded, 0 failed")).toBeVisible();
  expect(await tagged(local, bucket)).toEqual([0, 1, 2].map(keyOf));
  await page.getByRole("link", { name: "Review and run" }).click();

  const outcome = page.getByRole("region", { name: "Outcome so far" });
  await expect(outcome).toContainText("The first 3 of 40 objects have run");
  await expect(outcome).toContainText("All of them succeeded. 37 objects are left");
  expect(await seriousProblems(page)).toEqual([]);
  await number.or(bar.getByRole("textbox", { name: "Number of next objects" })).fill("5");
  await bar.getByRole("button", { name: "Run the next 5 objects" }).click();
  await expect(page.getByText("8 of 40 tasks have run: 8 succeeded, 0 failed")).toBeVisible();
  expect(await tagged(local, bucket)).toHaveLength(8);

  await page.getByRole("link", { name: "Review and run" }).click();
  await bar.getByRole("button", { name: "Run the remaining 32 objects" }).click();
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Progress", exact: true })).toContainText("100%");
  expect(await tagged(local, bucket)).toHaveLength(objects);
  await page.getByRole("link", { name: "Completion report" }).click();
  await expect(page.getByRole("tab", { name: "Succeeded 40" })).toBeVisible();
});

test("what failed among the first objects is seen, and the rest is cancelled", async ({ page, secondPage, local, bucket }) => {
  test.slow();
  const jobId = await review(page, local, bucket, 2);
  // Another reviewer looks at the same job, before anything has run.
  await secondPage.goto(`/jobs/${jobId}/review`);
  await expect(decision(secondPage).getByRole("radio", { name: "All 40 objects at once" })).toBeVisible();
  const bar = decision(page);
  const acknowledge = bar.getByRole("checkbox");
  await expect(bar.getByRole("button", { name: /^Run / }).or(acknowledge).first()).toBeVisible();
  if (await acknowledge.isVisible()) await acknowledge.check();
  await bar.getByRole("textbox", { name: "Number of first objects" }).fill("5");
  await bar.getByRole("button", { name: "Run the first 5 objects" }).click();
  await expect(page.getByText("5 of 40 tasks have run: 3 succeeded, 2 failed")).toBeVisible();

  await expect(secondPage.getByRole("region", { name: "Outcome so far" })).toContainText(
    "2 objects failed: look at why before the rest runs. 35 objects are left",
  );
  await expect(secondPage.getByText("NoSuchKey")).toBeVisible();
  expect(await seriousProblems(secondPage)).toEqual([]);
  await decision(secondPage).getByRole("button", { name: "Cancel job" }).click();
  const dialog = secondPage.getByRole("dialog", { name: "Cancel this job?" });
  await dialog.getByRole("textbox").fill("Two of the first five are missing");
  await dialog.getByRole("button", { name: "Cancel job" }).click();
  await expect(secondPage.getByText(/^Cancelled by/)).toBeVisible();

  await expect(page.getByRole("main").getByText("Cancelled", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/cancelled the job before it ran on all objects/)).toBeVisible();
  await page.getByRole("link", { name: "Completion report" }).click();
  await expect(page.getByRole("tab", { name: "Failed 2" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Succeeded 3" })).toBeVisible();
});
