import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { JobSamples } from "#lib/jobs/sample-views.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const problems = async (page: Page) => (await new AxeBuilder({ page }).include("main").analyze()).violations.map(({ id }) => id);

const limit = async (page: Page, jobId: string, maxRequestsPerSecond: number | null) => {
  const answer = await page.request.put(`/api/jobs/${jobId}/limits`, { data: { maxInFlight: null, maxRequestsPerSecond } });
  expect(answer.status(), await answer.text()).toBe(200);
};

/** A job that runs until it is let go, of which every tenth task fails. */
async function runningJob(page: Page, local: Local, bucket: string): Promise<string> {
  const rows = Array.from({ length: 2_400 }, (_, at) => `${bucket},${at % 10 === 9 ? `gone-${at}` : "harbour.jpg"}`);
  const manifest = await putManifest(local, bucket, rows, 1);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Progress ${bucket}` });
  const read = async () => (await (await page.request.get(`/api/jobs/${jobId}`)).json()) as JobDetails;
  await expect.poll(async () => (await read()).preflight !== null).toBe(true);
  const { definitionDigest, preflight } = await read();
  await limit(page, jobId, 20);
  const confirmed = await page.request.post(`/api/jobs/${jobId}/confirm`, { data: { definitionDigest, acknowledgedPreflight: preflight?.checkedAt } });
  expect(confirmed.status(), await confirmed.text()).toBe(200);
  return jobId;
}

test("a running job is watched, and its chart, its failures and its timeline are there afterwards", async ({ page, local, bucket }) => {
  test.slow();
  const jobId = await runningJob(page, local, bucket);
  await page.goto(`/jobs/${jobId}`);
  await expect(page).toHaveTitle(new RegExp(`^\\d+(\\.\\d)?% · Progress ${bucket}$`));

  const live = region(page, "Live tasks");
  await live.getByRole("button", { name: "Watch" }).click();
  const tasks = live.getByRole("listitem");
  await expect(tasks.first()).toContainText("harbour.jpg");
  await live.getByRole("button", { name: "Hold" }).click();
  const held = await tasks.first().textContent();

  const chart = region(page, "Progress over time");
  await expect(chart.getByText(/Tasks ran for .* on average .* The store never asked for less\./)).toBeVisible();
  const slider = chart.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /tasks a second [\d.]+, failed a second [\d.]+, requests in flight \d+, throttled a second 0/);
  await chart.getByText("The same as a table").click();
  await expect(chart.getByRole("columnheader", { name: "Tasks a second" })).toBeVisible();
  expect(await tasks.first().textContent()).toBe(held);
  expect(await problems(page)).toEqual([]);

  await limit(page, jobId, null);
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  const failures = page.getByRole("main").getByText("NoSuchKey").first();
  await expect(failures).toBeVisible();
  await expect(page.getByText(/deleted or renamed since the list was made/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Retry failed tasks" })).toBeVisible();
  await expect(page.getByText("Tasks began")).toBeVisible();

  // What was drawn was recorded: all of it, once the workers have told their last seconds.
  const drawn = async () => {
    const { samples } = (await (await page.request.get(`/api/jobs/${jobId}/samples`)).json()) as JobSamples;
    return samples.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0);
  };
  await expect.poll(drawn).toBe(2_400);
  await page.reload();
  await expect(region(page, "Progress over time").getByRole("slider")).toBeVisible();
  await expect(page).toHaveTitle(`Complete · Progress ${bucket}`);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await problems(page)).toEqual([]);
});
