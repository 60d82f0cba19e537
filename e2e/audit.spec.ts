import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect, type Local } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";
import { test as withPeople } from "./people.ts";

/** A job that is named like a formula and like a script, and hides a character that turns text around. */
const test = base.extend<{ job: { id: string; mark: string; description: string } }>({
  job: async ({ page, local, bucket }, use) => use(await makeJob(page, local, bucket)),
});

async function makeJob(page: Page, local: Local, bucket: string) {
  const mark = crypto.randomUUID().slice(0, 13);
  const description = `=1+1<script>alert(1)</script>\u202e ${mark}`;
  const manifest = await putManifest(local, bucket, [`${bucket},a.txt`], 1);
  const id = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description });
  const answer = await page.request.post(`/api/jobs/${id}/priority`, { data: { priority: 20 } });
  expect(answer.status(), await answer.text()).toBe(200);
  return { id, mark, description };
}

const violations = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations;

test("from a job to what was done to it, by whom and from where, and what changed", async ({ page, job, stack }) => {
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("main").getByRole("link", { name: "Audit trail" }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?target=${job.id}`));
  await expect(page).toHaveTitle("Audit trail · Longshore");
  const changed = page.getByRole("button", { name: /changed the job's priority/ });
  await expect(changed).toContainText("priority 10 → 20");
  await expect(changed).toContainText(stack.admin.email);
  await expect(page.getByRole("button", { name: /created the job/ })).toContainText("U+202E");
  await expect(page.getByText("That is all.")).toBeVisible();

  await changed.focus();
  await page.keyboard.press("Enter");
  await expect(changed).toHaveAttribute("aria-expanded", "true");
  const opened = page.getByRole("listitem").filter({ has: changed });
  await expect(opened.getByText("From address")).toBeVisible();
  await expect(opened.getByText(/^(127\.0\.0\.1|::1)$/).last()).toBeVisible();
  await expect(opened.getByText("Program")).toBeVisible();
  await expect(opened.getByRole("definition").filter({ hasText: "Before" }).first()).toContainText("10");
  await expect(opened.getByRole("definition").filter({ hasText: "After" }).first()).toContainText("20");
  expect(await violations(page)).toEqual([]);
  await opened.getByRole("link", { name: "Open the job" }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${job.id}$`));
});

test("the trail is searched and narrowed down, and the address keeps it", async ({ page, job }) => {
  await page.goto("/audit");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type(job.mark);
  await expect(page.getByRole("button", { name: /changed the job's priority/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /created the job/ })).toHaveCount(1);

  await page.getByRole("combobox", { name: "Kind of action" }).click();
  await page.getByRole("option", { name: "Connections and roles" }).click();
  await expect(page.getByText("No entry matches")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No entry matches")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByRole("textbox", { name: "Search the audit trail" })).toHaveValue("");

  await page.getByRole("combobox", { name: "When" }).click();
  await page.getByRole("option", { name: "Between two days" }).click();
  await page.getByLabel("From", { exact: true }).fill("2001-01-01");
  await page.getByLabel("Until, that day included").fill("2001-01-02");
  await expect(page).toHaveURL(/from=2001-01-01&to=2001-01-02/);
  await expect(page.getByText("No entry matches")).toBeVisible();
});

test("what is filtered is downloaded, and is safe in a spreadsheet", async ({ page, job }) => {
  await page.goto(`/audit?target=${job.id}`);
  await expect(page.getByRole("button", { name: /created the job/ })).toBeVisible();
  const textOf = async (name: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    return readFile(await (await download).path(), "utf8");
  };
  const csv = await textOf("CSV");
  expect(csv.trimEnd().split("\r\n").length).toBe(3);
  expect(csv).toContain(`,'=1+1<script>`);
  const lines = (await textOf("JSON lines")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).action)).toEqual(["job.priority", "job.create"]);
  await page.goto("/audit?group=policy");
  await expect(page.getByRole("button", { name: /downloaded the audit trail/ }).first()).toContainText(/downloaded/);
});

test("a failed sign-in is there, under the e-mail that was tried", async ({ page, browser, contextOptions, stack }) => {
  const email = `${crypto.randomUUID()}@example.com`;
  const stranger = await browser.newContext({ ...contextOptions, baseURL: stack.url, extraHTTPHeaders: { origin: stack.url } });
  expect((await stranger.request.post("/api/auth/sign-in/email", { data: { email, password: "not the right one" } })).status()).toBe(401);
  await stranger.close();
  await page.goto(`/audit?actor=${encodeURIComponent(email)}`);
  await expect(page.getByRole("button", { name: new RegExp(`${email} failed to sign in`) })).toBeVisible();
});

test("on a phone nothing is cut off, and a day's entries are read one below the other", async ({ page, job }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/audit?q=${job.mark}`);
  const created = page.getByRole("button", { name: /created the job/ });
  await created.click();
  await expect(page.getByText("Signed with access key").or(page.getByText("Program")).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expect(await violations(page)).toEqual([]);
});

withPeople("who is no administrator finds no way there, and is told whom to ask", async ({ person }) => {
  const { page } = await person("reviewer");
  await page.goto("/audit");
  await expect(page.getByText("The audit trail is for administrators")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit trail" })).toHaveCount(0);
  expect((await page.request.get("/api/audit")).status()).toBe(403);
  expect(await violations(page)).toEqual([]);
});
