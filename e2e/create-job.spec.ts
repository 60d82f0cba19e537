import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobList } from "#lib/jobs/job-views.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { test as base, expect } from "./job-fixtures.ts";

interface Fixtures {
  /** Puts a manifest into the test's bucket. @returns its path, as a person types it */
  putManifest: (rows?: string[]) => Promise<string>;
}

const rowsOf = (bucket: string) => [`${bucket},harbour%201.jpg`, `${bucket},harbour%202.jpg`, `${bucket},harbour%203.jpg`];

const test = base.extend<Fixtures>({
  putManifest: async ({ local, bucket }, use) => {
    const s3 = connectS3({ ...local.s3, addressing: "path" });
    await use(async (rows = rowsOf(bucket)) => {
      const Key = `manifests/${crypto.randomUUID()}.csv`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `${rows.join("\n")}\n` }));
      return `s3://${bucket}/${Key}`;
    });
    s3.destroy();
  },
});

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });
const step = (page: Page, name: string) => page.getByRole("form", { name: new RegExp(`^Step \\d of 4: ${name}`) });
const manifestField = (page: Page) => page.getByRole("textbox", { name: "Manifest object" });

/** The first step, filled in and left. */
async function giveManifest(page: Page, path: string): Promise<void> {
  await manifestField(page).fill(path);
  await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
  await next(page).click();
  await expect(step(page, "Operation")).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await page.goto("/jobs/new");
  await expect(manifestField(page)).toBeVisible();
});

test("a tagging job is made in four steps, and waits for its confirmation", async ({ page, local, bucket, putManifest }) => {
  await putManifest();
  await page.getByRole("button", { name: "Browse S3" }).click();
  const browser = page.getByRole("dialog", { name: "Choose the manifest" });
  await browser.getByRole("searchbox").fill(bucket);
  await browser.getByRole("button", { name: bucket }).click();
  await browser.getByRole("button", { name: "manifests/" }).click();
  await browser.getByRole("button", { name: /\.csv$/ }).click();
  expect(await seriousProblems(page)).toEqual([]);
  await browser.getByRole("button", { name: "Choose", exact: true }).click();
  await expect(manifestField(page)).toHaveValue(new RegExp(`^s3://${bucket}/manifests/.+\\.csv$`));
  const preview = page.getByRole("region", { name: "First rows", exact: true });
  await expect(preview).toContainText("The whole manifest was checked: 3 rows");
  await expect(preview).toContainText("harbour 2.jpg");
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();

  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("team");
  await page.getByLabel("Value of tag 1").fill("data");
  await expect(page.getByText("For every object: Replace all tags with team = data.")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();

  const options = step(page, "Additional options");
  await options.getByLabel("Description").fill(`Tag ${bucket}`);
  await options.getByLabel("Report bucket").fill(bucket);
  await expect(options.getByRole("combobox", { name: "Role" })).toContainText(local.roleArn);
  await options.getByText("What the role must be allowed").click();
  await expect(options.getByText(`arn:aws:s3:::${bucket}/*`).first()).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();

  const review = step(page, "Review");
  for (const value of ["Replace all tags with team = data", `Tag ${bucket}`, local.roleArn, "Required: nothing runs before somebody confirms it"])
    await expect(review).toContainText(value);
  expect(await seriousProblems(page)).toEqual([]);
  // A double click makes one job.
  await review.getByRole("button", { name: "Create job" }).dblclick();
  await expect(page.getByText("The job was created")).toBeVisible();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
  await expect(page.getByRole("button", { name: "Run job" })).toBeVisible();
  const { jobs } = (await (await page.request.get(`/api/jobs?q=${bucket}`)).json()) as JobList;
  expect(jobs).toHaveLength(1);
  await page.goto("/jobs/new");
  await expect(manifestField(page)).toHaveValue("");
});

test("each error stands at its field, and the keyboard is led to the first", async ({ page, bucket, putManifest }) => {
  await next(page).click();
  await expect(manifestField(page)).toBeFocused();
  await expect(manifestField(page)).toHaveAccessibleDescription(/Choose the manifest/);
  await giveManifest(page, await putManifest());

  await next(page).click();
  await expect(page.getByText("Choose what to do with the objects")).toBeVisible();
  await page.getByRole("radio", { name: "Copy" }).click();
  const destination = page.getByLabel("Destination bucket");
  await expect(destination).toHaveAccessibleDescription(/Choose the destination bucket/);
  await destination.fill("not a bucket");
  await expect(destination).toHaveAccessibleDescription(/3 to 63 letters/);
  await destination.fill(bucket);
  await page.getByRole("button", { name: /^Object Lock/ }).click();
  await page.getByRole("combobox", { name: /^Retention mode/ }).click();
  await page.getByRole("option", { name: "GOVERNANCE" }).click();
  await next(page).click();
  await expect(page.getByLabel("Retain until")).toBeFocused();
  await expect(page.getByLabel("Retain until")).toHaveAccessibleDescription(/A retention mode needs a date/);
  await page.getByRole("button", { name: "Clear Retention mode" }).click();
  await next(page).click();

  await page.getByLabel("Description").fill("x".repeat(257));
  await page.getByLabel("Priority").fill("1.5");
  await next(page).click();
  await expect(page.getByLabel("Description")).toBeFocused();
  await expect(page.getByLabel("Description")).toHaveAccessibleDescription(/at most 256 characters/);
  await expect(page.getByLabel("Priority")).toHaveAccessibleDescription(/whole number/);
  await expect(page.getByLabel("Report bucket")).toHaveAccessibleDescription(/Choose a bucket/);
  await expect(step(page, "Additional options")).toContainText("3 things need your attention");
});

test("back and a reload keep what was typed, and a discarded draft comes back", async ({ page, putManifest }) => {
  const path = await putManifest();
  await giveManifest(page, path);
  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("team");
  await next(page).click();
  await page.getByLabel("Description").fill("Half done");

  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Key of tag 1")).toHaveValue("team");
  await expect(page).toHaveURL(/step=operation/);
  await page.goBack();
  await expect(page.getByLabel("Description")).toHaveValue("Half done");
  await page.reload();
  await expect(page.getByLabel("Description")).toHaveValue("Half done");
  // The review is not reached while something is missing.
  await page.goto(page.url().replace("step=options", "step=review"));
  await expect(step(page, "Additional options")).toBeVisible();

  await page.getByRole("button", { name: "Discard draft" }).click();
  await expect(manifestField(page)).toHaveValue("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Description")).toHaveValue("Half done");
});

test("a wrong manifest is told at once, in words that say what to do", async ({ page, bucket, putManifest }) => {
  const field = manifestField(page);
  await field.fill("manifest.csv");
  await next(page).click();
  await expect(field).toHaveAccessibleDescription(/s3:\/\/bucket\/key/);
  await field.fill(`s3://${bucket}-none/manifest.csv`);
  await expect(field).toHaveAccessibleDescription(new RegExp(`There is no bucket "${bucket}-none"`));
  await field.fill(`s3://${bucket}/none.csv`);
  await expect(field).toHaveAccessibleDescription(new RegExp(`There is no object s3://${bucket}/none.csv`));

  await field.fill(await putManifest(["bucket,key", ...rowsOf(bucket)]));
  await expect(page.getByText("Row 1 is a header.").first()).toBeVisible();
  await next(page).click();
  await expect(field).toBeFocused();
  await expect(step(page, "Manifest")).toBeVisible();

  await field.fill(await putManifest(rowsOf(bucket).map((row) => `${row},null`)));
  await page.getByRole("button", { name: "Read them with version ids" }).click();
  await expect(page.getByRole("checkbox", { name: "Rows have version ids" })).toBeChecked();
  await expect(page.getByText("No problem found")).toBeVisible();
});

test("what the server refuses is led back to its field", async ({ page, bucket, putManifest }) => {
  await giveManifest(page, await putManifest());
  await page.getByRole("radio", { name: "Copy" }).click();
  await page.getByLabel("Destination bucket").fill(bucket);
  await next(page).click();
  await page.getByLabel("Report bucket").fill(bucket);
  await next(page).click();
  const issue = { path: "Operation.S3PutObjectCopy.TargetResource", message: "The bucket cannot be written to" };
  await page.route(
    "**/api/jobs",
    (route) => route.fulfill({ status: 400, json: { error: { code: "InvalidRequest", message: issue.message, issues: [issue] } } }),
    { times: 1 },
  );
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page.getByLabel("Destination bucket")).toBeFocused();
  await expect(page.getByLabel("Destination bucket")).toHaveAccessibleDescription(/cannot be written to/);
  await next(page).click();
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
});
