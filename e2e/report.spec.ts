import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Download, Page } from "@playwright/test";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { Api } from "./fixtures.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const problems = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
const textOf = async (download: Download): Promise<string> => readFile(await download.path(), "utf8");

/** A job that has ended, of two objects that there are and `missing` that there are not. */
async function endedJob(page: Page, api: Api, local: Local, bucket: string, missing: readonly string[]): Promise<string> {
  const rows = ["there/a.jpg", "there/b.jpg", ...missing].map((key) => `${bucket},${encodeURIComponent(key)}`);
  const manifest = await putManifest(local, bucket, rows, 2);
  const jobId = await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description: `Report ${bucket}` });
  const job = () => api.get<JobDetails>(`/api/jobs/${jobId}`);
  await expect.poll(async () => (await job()).preflight).not.toBeNull();
  const { definitionDigest, preflight } = await job();
  await api.post(`/api/jobs/${jobId}/confirm`, { definitionDigest, acknowledgedPreflight: preflight?.checkedAt });
  await expect.poll(async () => (await job()).reportLocation).not.toBeNull();
  return jobId;
}

test("a report is searched, read row by row, downloaded as it is filtered, and lent by a link", async ({ page, api, local, bucket }) => {
  test.slow();
  const hostile = "gone/=HYPERLINK(1)\u202Egpj.exe";
  const jobId = await endedJob(page, api, local, bucket, ["gone/one.jpg", "gone/two.jpg", hostile, "lost/three.jpg"]);
  await page.goto(`/jobs/${jobId}/report`);
  const table = page.getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(7);

  await page.getByRole("button", { name: /NoSuchKey/ }).click();
  await expect(table.getByRole("row")).toHaveCount(5);
  await expect(page).toHaveURL(/status=failed.*code=NoSuchKey.*http=404/);
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search in keys, version ids and messages" })).toBeFocused();
  await page.keyboard.type("GONE/");
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(page.getByText("All 4 rows searched: 3 match")).toBeVisible();
  await page.getByRole("textbox", { name: "Key begins with" }).fill("gone/o");
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Remove the filter Key begins with gone/o" }).click();
  await expect(table.getByRole("row")).toHaveCount(4);
  expect(await problems(page)).toEqual([]);

  await page.reload();
  await expect(table.getByRole("row")).toHaveCount(4);
  await table.getByRole("button", { name: "gone/one.jpg" }).press("Enter");
  const row = page.getByRole("dialog", { name: "Row of the report" });
  await expect(row).toContainText(`s3://${bucket}/gone/one.jpg`);
  await expect(row).toContainText("What to do");
  await page.keyboard.press("ArrowRight");
  await expect(row).toContainText("gone/two.jpg");
  await page.keyboard.press("ArrowRight");
  await expect(row).toContainText("U+202E");
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(row).toBeHidden();

  const downloaded = async (format: string) => {
    await page.getByRole("button", { name: "Download these rows" }).click();
    const dialog = page.getByRole("dialog", { name: "Download rows as CSV" });
    await expect(dialog).toContainText("Contains GONE/");
    await dialog.getByRole("radio", { name: format }).click();
    const download = page.waitForEvent("download");
    await dialog.getByRole("link", { name: "Download" }).click();
    return textOf(await download);
  };
  const sheet = await downloaded("For spreadsheets");
  expect(sheet.split("\r\n")).toHaveLength(5);
  expect(sheet).toContain(`${bucket},${hostile},,failed,404,NoSuchKey,`);
  expect(await downloaded("As a manifest")).toBe(
    ["gone/one.jpg", "gone/two.jpg", hostile]
      .map(
        (key) =>
          `${bucket},${key
            .split("/")
            .map((part) => encodeURIComponent(part).replaceAll("(", "%28").replaceAll(")", "%29"))
            .join("/")}\n`,
      )
      .join(""),
  );

  await page.getByRole("button", { name: "Make a link to manifest.json" }).click();
  const link = page.getByRole("dialog", { name: "Link to a file of the report" });
  await expect(link).toContainText("Signed with the keys of the connection");
  expect(await problems(page)).toEqual([]);
  const answer = await fetch(await link.getByRole("textbox", { name: "Link" }).inputValue());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ Format: "Report_CSV_20180820" });
  await link.getByRole("button", { name: "Close" }).click();

  await page.getByRole("tab", { name: "Succeeded 2" }).click();
  await expect(page.getByText("No row matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all rows" }).click();
  await expect(table.getByRole("row")).toHaveCount(7);
  await page.goBack();
  await expect(page.getByText("No row matches")).toBeVisible();
});

test("a report is read on a phone", async ({ page, api, local, bucket }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const jobId = await endedJob(page, api, local, bucket, [`gone/${"long ".repeat(60)}`, "gone/two.jpg"]);
  await page.goto(`/jobs/${jobId}/report?status=failed`);
  const rows = page.getByRole("list", { name: "Rows of the report" }).getByRole("button");
  await expect(rows).toHaveCount(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await rows.first().click();
  await expect(page.getByRole("dialog", { name: "Row of the report" })).toContainText("What to do");
  expect(await problems(page)).toEqual([]);
});
