import AxeBuilder from "@axe-core/playwright";
import type { WorkerView } from "#lib/jobs/job-views.ts";
import { expect, test } from "./job-fixtures.ts";

test("the workers that are alive are shown, and how to add another", async ({ page }) => {
  await page.goto("/jobs");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workers" }).click();
  await expect(page.getByRole("heading", { name: "Workers", level: 1 })).toBeVisible();
  const workers = page.getByRole("list", { name: "Workers", exact: true });
  await expect(workers).toContainText(/Process \d+ · \d+ executors?/);
  await expect(page.getByRole("region", { name: "All workers together" })).toContainText("Workers alive1");
  await page.getByText("Add another worker").click();
  await expect(page.getByText("npm run worker")).toBeVisible();
  expect((await new AxeBuilder({ page }).include("main").analyze()).violations).toEqual([]);
});

test("a worker that fell silent is marked, and counts for nothing", async ({ page }) => {
  const silent: WorkerView = {
    id: "1",
    hostname: "gone.example",
    pid: 7,
    executors: 4,
    startedAt: "2026-11-22T12:00:00.000Z",
    lastSeenAt: "2026-11-22T12:30:00.000Z",
    silent: true,
    draining: false,
    tasksPerSecond: 900,
    chunks: [{ jobId: "2", description: "Tag it all", operationTitle: "Replace all object tags", firstRow: 1_001, rows: 1_000, done: 250 }],
  };
  await page.route("**/api/workers", (route) => route.fulfill({ json: [silent] }));
  await page.goto("/workers");
  await expect(page.getByRole("region", { name: "All workers together" })).toContainText("Workers alive0");
  const chunks = page.getByRole("list", { name: "What gone.example runs" });
  await expect(page.getByText("Not heard from")).toBeVisible();
  await expect(chunks).toContainText("Replace all object tags · rows 1,001 to 2,000");
  await expect(chunks.getByRole("link", { name: "Tag it all" })).toHaveAttribute("href", "/jobs/2");
});

test("without a worker the page says how to start one", async ({ page }) => {
  await page.route("**/api/workers", (route) => route.fulfill({ json: [] }));
  await page.goto("/workers");
  await expect(page.getByText("No worker is running")).toBeVisible();
  await expect(page.getByText("npm run worker")).toBeVisible();
  for (const name of ["DATABASE_URL", "LONGSHORE_SECRET"]) await expect(page.getByText(name, { exact: true })).toBeVisible();
});
