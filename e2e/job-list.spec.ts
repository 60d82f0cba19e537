import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

/** Jobs that await confirmation, one for each description. @returns their ids */
async function makeJobs(page: Page, local: Local, bucket: string, descriptions: readonly string[]): Promise<string[]> {
  const manifest = await putManifest(local, bucket, [`${bucket},a.jpg`], 1);
  const ids: string[] = [];
  for (const description of descriptions) ids.push(await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description }));
  return ids;
}

const list = (page: Page) => page.getByRole("region", { name: "Jobs", exact: true });
const problems = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

test("a list is narrowed down, saved under a name and come back to", async ({ page, local, bucket }) => {
  await makeJobs(page, local, bucket, [`Weekly ${bucket}`, `Weekly ${bucket}`, `Monthly ${bucket}`]);
  await page.goto(`/jobs?q=${bucket}`);
  await expect(page.getByText("3 jobs", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Filters" }).click();
  const filters = page.getByRole("dialog", { name: "Filters" });
  await filters.getByRole("checkbox", { name: /^Replace all object tags/ }).check();
  await filters.getByLabel("Created", { exact: false }).first().click();
  await page.getByRole("option", { name: "Last 7 days" }).click();
  expect(await problems(page)).toEqual([]);
  await filters.getByRole("button", { name: "Show 3 jobs" }).click();
  await expect(page).toHaveURL(/operation=S3PutObjectTagging.*from=7d/);
  const chips = page.getByRole("list", { name: "Filters" });
  await expect(chips).toContainText("Replace all object tags");

  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save this list…" }).click();
  await page.getByLabel("Name").fill(`Mine ${bucket}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: `Mine ${bucket}` })).toBeVisible();

  await chips.getByRole("button", { name: "Remove the filter Created Last 7 days" }).click();
  await expect(page).not.toHaveURL(/from=/);
  await chips.getByRole("button", { name: "Clear all" }).click();
  await expect(page).not.toHaveURL(/operation=/);

  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("menuitem", { name: `Mine ${bucket}`, exact: true }).click();
  await expect(page).toHaveURL(/operation=S3PutObjectTagging.*from=7d/);
  await page.reload();
  await expect(page.getByText("3 jobs", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: `Mine ${bucket}` }).click();
  await page.getByRole("menuitem", { name: "Rename or delete…" }).click();
  const saved = page.getByRole("dialog", { name: "Saved filters" });
  await saved.getByLabel(`Name of Mine ${bucket}`).fill(`Renamed ${bucket}`);
  await saved.getByRole("button", { name: "Rename" }).click();
  await saved.getByRole("button", { name: `Delete Renamed ${bucket}` }).click();
  await expect(saved.getByRole("button", { name: `Delete Renamed ${bucket}` })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(saved.getByRole("button", { name: `Delete Renamed ${bucket}` })).toBeVisible();
  await saved.getByRole("button", { name: `Delete Renamed ${bucket}` }).click();
  await expect(saved.getByRole("button", { name: `Delete Renamed ${bucket}` })).toBeHidden();
});

test("jobs of one description are summed up, and lead to their list", async ({ page, local, bucket }) => {
  await makeJobs(page, local, bucket, [`Weekly ${bucket}`, `Weekly ${bucket}`, `weekly ${bucket}`]);
  await page.goto(`/jobs?q=${bucket}`);
  await page.getByRole("button", { name: "By description" }).click();
  await expect(page.getByText("2 descriptions", { exact: true })).toBeVisible();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: `Weekly ${bucket}`, exact: true }) });
  await expect(row.getByRole("cell").nth(1)).toHaveText("2");
  await expect(row).toContainText(/2 Awaiting|2 Preparing|1 /);
  expect(await problems(page)).toEqual([]);
  await page.getByRole("link", { name: `Weekly ${bucket}`, exact: true }).click();
  await expect(page).toHaveURL(/description=Weekly/);
  await expect(page.getByText("2 jobs", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: `weekly ${bucket}`, exact: true })).toBeHidden();
});

test("many jobs are cancelled at once, and those that cannot be are named", async ({ page, local, bucket }) => {
  const [first = ""] = await makeJobs(page, local, bucket, [`One ${bucket}`, `Two ${bucket}`, `Three ${bucket}`]);
  await page.request.post(`/api/jobs/${first}/cancel`, { data: {}, headers: { origin: local.url } });
  await page.goto(`/jobs?q=${bucket}&sort=createdAt&dir=asc`);
  const boxes = list(page).getByRole("checkbox", { name: /^Choose (One|Two|Three)/ });
  await boxes.first().check();
  await boxes.last().click({ modifiers: ["Shift"] });
  const bar = page.getByRole("region", { name: "Chosen jobs" });
  await expect(bar).toContainText("3 chosen");
  await bar.getByRole("button", { name: "Cancel jobs" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel 2 jobs?" });
  await expect(dialog).toContainText("1 job cannot be cancelled");
  await expect(dialog).toContainText(`One ${bucket}`);
  expect(await problems(page)).toEqual([]);
  await dialog.getByLabel("Reason").fill("The wrong week");
  await dialog.getByRole("button", { name: "Cancel 2 jobs" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("2 jobs are being cancelled")).toBeVisible();
  await expect(list(page).getByText("Cancelled", { exact: true })).toHaveCount(3);
  await expect(bar).toBeHidden();
});

test("the list is worked with the keyboard alone", async ({ page, local, bucket }) => {
  const [first, second] = await makeJobs(page, local, bucket, [`First ${bucket}`, `Second ${bucket}`]);
  await page.goto("/jobs?sort=createdAt&dir=asc");
  // The rows come when the page listens.
  await expect(list(page).getByRole("row").nth(1)).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toContainText("Next row");
  await expect(help).toContainText("Go to the jobs");
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("/");
  await page.keyboard.type(`${bucket} jx?`);
  // In a field they are letters.
  await expect(page.getByLabel("Search jobs by description or id")).toHaveValue(`${bucket} jx?`);
  await expect(page.getByText("No job matches")).toBeVisible();
  for (let letter = 0; letter < 4; letter++) await page.keyboard.press("Backspace");
  await expect(page.getByText("2 jobs", { exact: true })).toBeVisible();
  await page.getByLabel("Search jobs by description or id").blur();

  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: `First ${bucket}` })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: `Second ${bucket}` })).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("k");
  await page.keyboard.press("X");
  await expect(page.getByText("2 chosen")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("2 chosen")).toBeHidden();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/jobs/${second}`));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // As fast as a person does: a page that is still busy with the first key must not make them two.
  await Promise.all([page.keyboard.press("g"), page.keyboard.press("j")]);
  await expect(page).toHaveURL(/\/jobs$/);
  expect(first).not.toBe(second);
});

test("columns are chosen and ordered, stay so, and are reset", async ({ page, local, bucket }) => {
  await makeJobs(page, local, bucket, [`Columns ${bucket}`]);
  await page.goto(`/jobs?q=${bucket}`);
  const heads = list(page).getByRole("columnheader");
  await expect(heads.filter({ hasText: "Created" })).toBeVisible();
  await page.getByRole("button", { name: "Columns", exact: true }).click();
  await page.getByRole("checkbox", { name: "Connection" }).check();
  await page.getByRole("checkbox", { name: "Progress" }).uncheck();
  await page.getByRole("button", { name: "Move Description to the left" }).click();
  expect(await problems(page)).toEqual([]);
  const titles = ["", "Description", "Status", "Operation", "Objects", "Failures", "Priority", "Created", "Connection", "Actions"];
  await expect(heads).toHaveText(titles);
  await page.reload();
  await expect(heads).toHaveText(titles);
  await list(page).getByRole("button", { name: "Connection" }).click();
  await expect(page).toHaveURL(/sort=connection&dir=asc/);
  await page.getByRole("button", { name: "Columns", exact: true }).click();
  await page.getByRole("button", { name: "Reset columns" }).click();
  await expect(heads.filter({ hasText: "Progress" })).toBeVisible();
});

test("what is filtered is downloaded as CSV", async ({ page, local, bucket }) => {
  const ids = await makeJobs(page, local, bucket, [`=cmd|'x'!A1 ${bucket}`, `Umlaut ü ${bucket}`]);
  await page.goto(`/jobs?q=${bucket}&sort=createdAt&dir=asc`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^longshore-jobs-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^\uFEFFId,Status,Description,/);
  expect(lines[1]).toContain(`${ids[0]},`);
  expect(lines[1]).toContain(`,'=cmd|'x'!A1 ${bucket},`);
  expect(lines[2]).toContain(`Umlaut ü ${bucket}`);
});

test("filters can be used on a phone", async ({ page, local, bucket }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await makeJobs(page, local, bucket, [`Phone ${bucket}`]);
  await page.goto(`/jobs?q=${bucket}`);
  await page.getByRole("button", { name: "Filters" }).click();
  const filters = page.getByRole("dialog", { name: "Filters" });
  await filters.getByRole("combobox", { name: /^Tags/ }).fill("team=nobody");
  await filters.getByRole("button", { name: "Add tag" }).click();
  await filters.getByRole("button", { name: "Show 0 jobs" }).click();
  await expect(page.getByText("No job matches")).toBeVisible();
  await page.getByRole("button", { name: "Remove the filter Tag team=nobody" }).click();
  await expect(page.getByRole("link", { name: `Phone ${bucket}` })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await problems(page)).toEqual([]);
});
