import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).include("main").analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const chip = (page: Page, status: string) => page.getByRole("main").getByText(status, { exact: true }).first();
const button = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true });

async function preparedJob(page: Page, local: Local, bucket: string, rows: number): Promise<JobDetails> {
  const manifest = await putManifest(local, bucket, Array<string>(rows).fill(`${bucket},harbour.jpg`), 1);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Pause ${bucket}` });
  const read = async () => (await (await page.request.get(`/api/jobs/${jobId}`)).json()) as JobDetails;
  await expect.poll(async () => (await read()).preflight !== null).toBe(true);
  return read();
}

/** Shows the job with these changes, whatever becomes of it. */
const showAs = (page: Page, job: JobDetails, changes: Partial<JobDetails>) =>
  page.route(`**/api/jobs/${job.id}`, (route) => route.fulfill({ json: { ...job, ...changes } }));

const running: Partial<JobDetails> = {
  status: "Active",
  actions: {
    confirm: false,
    takeBack: false,
    sendBack: false,
    askAgain: false,
    replace: false,
    comment: true,
    cancel: true,
    priority: true,
    pause: true,
    resume: false,
    limits: true,
    check: false,
  },
};

test("a job is limited, paused, resumed from the list, and cancelled", async ({ page, local, bucket }) => {
  test.slow();
  const { id, definitionDigest } = await preparedJob(page, local, bucket, 20_000);
  await page.goto(`/jobs/${id}`);
  await button(page, "Limits").click();
  const dialog = page.getByRole("dialog", { name: "Limits of this job" });
  await dialog.getByLabel("Requests per second").fill("many");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/whole number/)).toBeVisible();
  // Slow enough that the job does not end before it is paused.
  await dialog.getByLabel("Requests per second").fill("200");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("At most 200 requests a second").first()).toBeVisible();
  expect((await page.request.post(`/api/jobs/${id}/confirm`, { data: { definitionDigest } })).status()).toBe(200);

  await expect(chip(page, "Active")).toBeVisible();
  await button(page, "Pause").click();
  await expect(button(page, "Resume")).toBeVisible();
  await expect(page.getByText(/^Paused by Administrator, /)).toBeVisible();
  await expect(chip(page, "Paused")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  await page.goto(`/jobs?q=${bucket}`);
  await expect(chip(page, "Paused")).toBeVisible();
  await page.getByRole("button", { name: `Actions for Pause ${bucket}` }).click();
  await page.getByRole("menuitem", { name: "Resume" }).click();
  await expect(chip(page, "Active")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("button", { name: `Actions for Pause ${bucket}` }).click();
  await page.getByRole("menuitem", { name: "Cancel job" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
  await expect(chip(page, "Cancelled")).toBeVisible();
  await page.getByRole("button", { name: `Actions for Pause ${bucket}` }).click();
  await expect(page.getByRole("menuitem", { name: "Clone" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Cancel job" })).toBeHidden();
});

test("a pause shows at once, and is taken back where it is refused", async ({ page, local, bucket }) => {
  const job = await preparedJob(page, local, bucket, 1);
  await showAs(page, job, running);
  const answer = Promise.withResolvers<void>();
  await page.route(`**/api/jobs/${job.id}/pause`, async (route) => {
    await answer.promise;
    await route.fulfill({ status: 409, json: { error: { code: "JobStatus", message: "ada@example.com has paused this job already.", issues: [] } } });
  });
  await page.goto(`/jobs/${job.id}`);
  await button(page, "Pause").click();
  await expect(chip(page, "Pausing")).toBeVisible();
  await expect(button(page, "Resume")).toBeVisible();
  answer.resolve();
  await expect(page.getByText("The job was not paused")).toBeVisible();
  await expect(page.getByText("ada@example.com has paused this job already.")).toBeVisible();
  await expect(chip(page, "Active")).toBeVisible();
  await expect(button(page, "Pause")).toBeVisible();
});

test("a job that gives way to others says so, with its priority at hand", async ({ page, local, bucket }) => {
  const job = await preparedJob(page, local, bucket, 1);
  await showAs(page, job, { ...running, status: "Paused", pausedByPerson: false });
  await page.goto(`/jobs/${job.id}`);
  const notice = page.getByRole("status").filter({ hasText: "Paused: jobs of higher priority have the capacity" });
  await expect(notice).toContainText("It goes on by itself");
  await notice.getByRole("button", { name: "Update priority" }).click();
  await expect(page.getByRole("dialog", { name: "Update priority" }).getByLabel("Priority")).toHaveValue("10");
});

test("that a job runs, and may be paused, is said no longer than it is so", async ({ page, local, bucket }) => {
  const job = await preparedJob(page, local, bucket, 1);
  let shown = job;
  await page.route(`**/api/jobs/${job.id}`, (route) => route.fulfill({ json: shown }));
  await page.route(`**/api/jobs/${job.id}/confirm`, (route) => {
    shown = { ...job, ...running };
    return route.fulfill({ json: { given: 1, needed: 1 } });
  });
  await page.goto(`/jobs/${job.id}/review`);
  await page.getByRole("button", { name: /^Run job/ }).click();
  await expect(chip(page, "Active")).toBeVisible();
  const said = page.getByText("The job runs now, on 1 object");
  await expect(said).toBeVisible();
  // What is pointed at does not go by itself.
  await said.hover();
  shown = { ...job, status: "Complete", actions: { ...job.actions, confirm: false, pause: false } };
  await expect(chip(page, "Complete")).toBeVisible();
  await expect(said).toBeHidden();
});

test("a row's menu sends no second request while its first is under way", async ({ page, local, bucket }) => {
  const job = await preparedJob(page, local, bucket, 1);
  const listed = { jobs: [{ ...job, ...running }], total: 1 };
  const answer = Promise.withResolvers<void>();
  const resumed: string[] = [];
  let read = 0;
  await page.route(/\/api\/jobs\?/, (route) => {
    read += 1;
    return route.fulfill({ json: listed });
  });
  await page.route(`**/api/jobs/${job.id}/*`, async (route) => {
    if (route.request().url().endsWith("/resume")) resumed.push(route.request().url());
    await answer.promise;
    await route.fulfill({ json: {} });
  });
  await page.clock.install();
  await page.goto("/jobs");
  const actions = page.getByRole("button", { name: /^Actions for/ });
  await actions.click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await expect(chip(page, "Pausing")).toBeVisible();
  // What the list would say of the job meanwhile is how it was before.
  const before = read;
  await page.clock.runFor(10_000);
  await actions.click();
  await page.getByRole("menuitem", { name: "Resume" }).click();
  await expect(page.getByRole("menu")).toBeHidden();
  expect(read).toBe(before);
  answer.resolve();
  await expect(chip(page, "Active")).toBeVisible();
  expect(resumed).toEqual([]);
});
