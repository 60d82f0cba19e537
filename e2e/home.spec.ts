import AxeBuilder from "@axe-core/playwright";
import type { Home } from "#lib/home/home-views.ts";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { expect, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

test("a job that waits is on the home page and in its badge, one press from its review, and leaves when it runs", async ({ page, local, bucket }) => {
  test.slow();
  const rows = ["a.txt", "b.txt", "gone.txt"].map((key) => `${bucket},${key}`);
  const description = `Home ${crypto.randomUUID().slice(0, 8)} <b>&`;
  const manifest = await putManifest(local, bucket, rows, 2);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description });
  const status = async () => ((await (await page.request.get(`/api/jobs/${jobId}`)).json()) as JobListItem).status;
  await expect.poll(status).toBe("Suspended");

  await page.goto("/");
  await expect(page).toHaveTitle("Home · Longshore");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Home.*awaits? your confirmation/ })).toHaveAttribute(
    "aria-current",
    "page",
  );
  // Others' jobs may wait too, and fill the section: the list has them all.
  const waiting = await page.request.get("/api/home").then(async (answer) => (await answer.json()) as Home);
  expect(waiting.mayConfirm).toBe(true);
  expect(waiting.awaiting.total).toBeGreaterThan(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.goto(`/jobs/${jobId}/review`);
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Longshore" }).click();
  await expect(page).toHaveURL(/\/$/);
  const failures = page.getByRole("region", { name: "Failures of the last 7 days" });
  await expect(failures.getByRole("listitem").filter({ hasText: description })).toContainText("1 of 3 tasks failed, with NoSuchKey");
  await expect(page.getByRole("list", { name: "Awaiting your confirmation" }).getByText(description)).toBeHidden();
});

const job = (more: Partial<JobListItem>): JobListItem => ({
  id: "11111111-1111-4111-8111-111111111111",
  status: "Suspended",
  pausedByPerson: false,
  operation: "S3PutObjectTagging",
  operationTitle: "Replace all object tags",
  dryRun: false,
  description: "Weekly labels",
  sentBack: false,
  priority: 10,
  totalTasks: 12_345,
  succeededTasks: 0,
  failedTasks: 0,
  createdAt: "2026-11-22T12:00:00.000Z",
  terminatedAt: null,
  createdBy: "Ada",
  own: false,
  ...more,
});
const none = { jobs: [], more: false };
const home = (more: Partial<Home>): Home => ({
  mayConfirm: true,
  awaiting: { ...none, total: 0 },
  sentBack: { ...none, total: 0 },
  running: { ...none, total: 0 },
  troubled: none,
  finished: none,
  health: { workersAlive: 1, connections: [] },
  start: null,
  ...more,
});

test("each section says what a person needs of its jobs", async ({ page }) => {
  const waits = {
    ...job({}),
    sentence: "Replace all tags with a = b",
    suspendedAt: "2026-11-22T12:00:00.000Z",
    expiresAt: "2026-12-22T12:00:00.000Z",
    confirmedByOne: false,
  };
  const runs = { ...job({ id: "2", status: "Active", description: "Copy it all", totalTasks: 1_000, succeededTasks: 250 }), tasksPerSecond: 75 };
  const shown = home({
    awaiting: { jobs: [waits], total: 1, more: false },
    running: { jobs: [runs], total: 1, more: false },
    sentBack: {
      jobs: [{ ...job({ id: "3", description: "Mine", sentBack: true }), by: "Rita", at: waits.suspendedAt, reason: "Not the archive" }],
      total: 1,
      more: false,
    },
    health: { workersAlive: 0, connections: [] },
  });
  await page.route("**/api/home", (route) => route.fulfill({ json: shown }));
  await page.goto("/");
  await expect(page.getByText("1 job was sent back to you, 1 awaits your confirmation, and 1 is under way.")).toBeVisible();
  const row = page.getByRole("list", { name: "Awaiting your confirmation" }).getByRole("listitem");
  await expect(row).toContainText("Replace all tags with a = b, on 12,345 objects");
  await expect(row.getByRole("link", { name: "Review Weekly labels" })).toHaveAttribute("href", `/jobs/${waits.id}/review`);
  await expect(page.getByRole("list", { name: "Sent back to you" }).getByRole("listitem")).toContainText("Rita: “Not the archive”");
  const running = page.getByRole("list", { name: "Under way" }).getByRole("listitem");
  await expect(running).toContainText("25% of 1,000");
  await expect(running).toContainText("75/s · 10 s left");
  await expect(page.getByText("No job has failed, and no task of one.")).toBeVisible();
  await expect(page.getByText("No worker is running")).toBeVisible();
});

test("whoever has no job yet is three presses from the first one, and sees what else there is to do", async ({ page }) => {
  await page.route("**/api/home", (route) => route.fulfill({ json: home({ start: { connections: 1, roles: 1, sample: true } }) }));
  await page.goto("/");
  const steps = page.getByRole("region", { name: "Your own objects" }).getByRole("listitem");
  await expect(steps.nth(0).getByLabel("Done")).toBeVisible();
  await expect(steps.nth(2).getByRole("link", { name: "Create job" })).toHaveAttribute("href", "/jobs/new");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("link", { name: "Tag the 2026 sample photos" }).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
  await expect(page.getByRole("button", { name: /^Run/ })).toBeEnabled();
});
