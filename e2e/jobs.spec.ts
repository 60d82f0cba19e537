import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const objects = 30;
const rows = (bucket: string) => Array.from({ length: objects }, (_, index) => `${bucket},${encodeURIComponent(`photo ${index}.jpg`)}`);

/** A job of `objects` tasks, of which those of the last two rows fail: their objects do not exist. */
async function tagJob(page: Page, local: Local, bucket: string, more: { description?: string; rows?: string[] } = {}): Promise<string> {
  const manifest = await putManifest(local, bucket, more.rows ?? rows(bucket), objects - 2);
  return createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: more.description ?? `Tag ${bucket}` });
}

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).include("main").analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

test("a job is reviewed, run and reported", async ({ page, local, bucket }) => {
  // Three pages are searched for accessibility problems on the way.
  test.slow();
  const jobId = await tagJob(page, local, bucket);
  await page.goto(`/jobs/${jobId}/review`);
  const summary = page.getByRole("region", { name: "What will happen" });
  await expect(summary).toContainText("Replace all tags with team = data");
  await expect(summary).toContainText(`${objects} objects`);
  await expect(page.getByText("Before you run it")).toBeVisible();
  await expect(page.getByText("photo 0.jpg")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByRole("button", { name: "Run job" }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}$`));
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  const progress = page.getByRole("region", { name: "Progress", exact: true });
  await expect(progress).toContainText("100%");
  await expect(page.getByText("NoSuchKey")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByRole("link", { name: "Completion report" }).click();
  await expect(page.getByRole("tab", { name: `Succeeded ${objects - 2}` })).toBeVisible();
  await page.getByRole("tab", { name: "Failed 2" }).click();
  const table = page.getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table).toContainText("photo 29.jpg");
  await expect(page).toHaveURL(/status=failed/);
  expect(await seriousProblems(page)).toEqual([]);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download manifest.json" }).click();
  expect((await download).suggestedFilename()).toContain("manifest.json");
});

test("a job is cancelled with a reason", async ({ page, local, bucket }) => {
  const jobId = await tagJob(page, local, bucket);
  await page.goto(`/jobs/${jobId}/review`);
  await expect(page.getByRole("button", { name: "Run job" })).toBeEnabled();
  await page.getByRole("button", { name: "Cancel job" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this job?" });
  await expect(dialog).toContainText("No object has been touched yet");
  await dialog.getByLabel("Reason").fill("The wrong manifest");
  await dialog.getByRole("button", { name: "Cancel job" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "Go to the job" }).click();
  await expect(page.getByText("Cancelled", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("The wrong manifest").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel job" })).toBeHidden();
});

test("search and filters stand in the address and survive a reload", async ({ page, local, bucket }) => {
  await tagJob(page, local, bucket, { description: `Find me ${bucket}` });
  await tagJob(page, local, bucket, { description: `Not me ${bucket}` });
  await page.goto("/jobs");
  await expect(page.getByRole("link", { name: `Find me ${bucket}` })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search jobs by description or id")).toBeFocused();
  await page.keyboard.type(`find me ${bucket}`);
  await expect(page).toHaveURL(/q=find/);
  await expect(page.getByRole("link", { name: `Find me ${bucket}` })).toBeVisible();
  await expect(page.getByRole("link", { name: `Not me ${bucket}` })).toBeHidden();

  await page.getByRole("button", { name: "Ended" }).click();
  await expect(page).toHaveURL(/status=Complete/);
  await expect(page.getByText("No job matches")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Ended" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByLabel("Search jobs by description or id")).toHaveValue(`find me ${bucket}`);
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL(/\/jobs$/);

  await page.getByRole("button", { name: "Failures" }).click();
  await expect(page.getByRole("columnheader", { name: "Failures" })).toHaveAttribute("aria-sort", "descending");
  expect(await seriousProblems(page)).toEqual([]);
});

test("a manifest that cannot be read says which row is wrong", async ({ page, local, bucket }) => {
  const jobId = await tagJob(page, local, bucket, { rows: [`${bucket},good.jpg`, `${bucket},one,too-many`] });
  await page.goto(`/jobs/${jobId}/review`);
  await expect(page.getByText(/row 2\b/i).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Create a new job" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run job" })).toBeHidden();
});

test("of two people who confirm at once one wins and the other is told", async ({ page, local, bucket, secondPage }) => {
  const jobId = await tagJob(page, local, bucket);
  await page.goto(`/jobs/${jobId}/review`);
  await expect(page.getByRole("button", { name: "Run job" })).toBeEnabled();
  await holdStill(secondPage, jobId);
  await secondPage.goto(`/jobs/${jobId}/review`);
  await expect(secondPage.getByRole("button", { name: "Run job" })).toBeEnabled();

  await page.getByRole("button", { name: "Run job" }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}$`));
  await secondPage.getByRole("button", { name: "Run job" }).click();
  await expect(secondPage.getByText("This job has been decided already")).toBeVisible();
  await expect(secondPage.getByText(/^Confirmed by /)).toBeVisible();
  await expect(secondPage.getByRole("link", { name: "Go to the job" })).toBeVisible();
});

/** Shows the suspended job until this page has tried to confirm it: what somebody sees who was a moment too slow. */
async function holdStill(page: Page, jobId: string): Promise<void> {
  let held: JobDetails | null = null;
  let tried = false;
  await page.route(`**/api/jobs/${jobId}/confirm`, async (route) => {
    const response = await route.fetch();
    tried = true;
    await route.fulfill({ response });
  });
  await page.route(`**/api/jobs/${jobId}`, async (route) => {
    if (tried) return route.continue();
    if (held) return route.fulfill({ json: held });
    const response = await route.fetch();
    const job = (await response.json()) as JobDetails;
    if (job.status === "Suspended" && job.preflight !== null) held = job;
    return route.fulfill({ response, json: job });
  });
}
