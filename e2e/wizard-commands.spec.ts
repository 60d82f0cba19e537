import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { chooseOperation } from "./job-helpers.ts";

const step = (page: Page, name: string) => page.getByRole("form", { name: new RegExp(`^Step \\d of 4: ${name}`) });
const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });
const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

async function putManifest({ s3: keys }: Local, bucket: string): Promise<string> {
  const s3 = connectS3({ ...keys, addressing: "path" });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "harbour.csv", Body: `${bucket},harbour%201.jpg\n` }));
  s3.destroy();
  return `s3://${bucket}/harbour.csv`;
}

/** Through the wizard to its last step. */
async function fill(page: Page, bucket: string, path: string, description: string): Promise<void> {
  await page.getByRole("textbox", { name: "Manifest object" }).fill(path);
  await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
  await next(page).click();
  await chooseOperation(page, "Replace all object tags");
  await page.getByLabel("Key of tag 1").fill("team");
  await next(page).click();
  await page.getByLabel("Description").fill(description);
  await page.getByLabel("Report bucket").fill(bucket);
  await next(page).click();
  await expect(step(page, "Review")).toBeVisible();
}

// Written, and not seen to pass yet.
test.fixme("a job goes out as a command and comes back as JSON, with its errors at their fields", async ({ page, local, bucket }) => {
  const path = await putManifest(local, bucket);
  await page.goto("/jobs/new");
  await fill(page, bucket, path, "It's a job");
  await page.getByText("This job as a command, or as JSON").click();
  await expect(page.getByRole("tabpanel")).toContainText("aws s3control create-job");
  await expect(page.getByRole("tabpanel")).toContainText("It\\u0027s a job");
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = JSON.parse((await page.getByRole("tabpanel").locator("code").textContent()) ?? "");
  expect(json).toMatchObject({ Description: "It's a job", Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "" }] } } });

  await page.getByRole("button", { name: "Import JSON" }).click();
  const field = page.getByLabel("Job in JSON");
  await field.fill(JSON.stringify({ ...json, Prority: 1 }));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/Prority/);
  expect(await seriousProblems(page)).toEqual([]);
  await field.fill(JSON.stringify({ ...json, Priority: -1, DryRun: true }));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(step(page, "Additional options")).toBeVisible();
  await expect(page.getByLabel("Priority")).toBeFocused();
  await expect(page.getByLabel("Priority")).toHaveAccessibleDescription(/0 at least/);
  await page.getByLabel("Priority").fill("5");
  await next(page).click();
  await page.getByText("This job as a command, or as JSON").click();
  await page.getByRole("tab", { name: "AWS CLI" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("Amazon S3 does not have DryRun");
});
