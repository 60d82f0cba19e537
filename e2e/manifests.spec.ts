import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });
const manifestField = (page: Page) => page.getByRole("textbox", { name: "Manifest object" });
const firstRows = (page: Page) => page.getByRole("region", { name: "First rows", exact: true });

const put = async (local: Local, Bucket: string, Key: string, Body: string | Buffer) => {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  s3.destroy();
};

test("a CSV is uploaded from the browser, becomes the manifest, and overwrites nothing", async ({ page, bucket }) => {
  await page.goto("/jobs/new");
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Upload a CSV" });
  const send = dialog.getByRole("button", { name: "Upload", exact: true });
  await send.click();
  await expect(dialog.getByLabel("File")).toHaveAccessibleDescription(/Choose a file/);
  await expect(dialog.getByRole("textbox", { name: "Bucket" })).toHaveAccessibleDescription(/Choose a bucket/);
  await dialog.getByLabel("File").setInputFiles({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) });
  await expect(dialog.getByLabel("File")).toHaveAccessibleDescription(/The file is empty/);

  const file = { name: "our photos.csv", mimeType: "text/csv", buffer: Buffer.from(`${bucket},a%20b.jpg\n${bucket},c.jpg\n`) };
  await dialog.getByLabel("File").setInputFiles(file);
  await dialog.getByRole("textbox", { name: "Bucket" }).fill(bucket);
  await expect(dialog.getByRole("textbox", { name: "Key" })).toHaveValue(/^manifests\/our-photos-\d{8}T\d{6}\.csv$/);
  await dialog.getByRole("textbox", { name: "Key" }).fill("lists/photos.html");
  await expect(dialog.getByRole("textbox", { name: "Key" })).toHaveAccessibleDescription(/must end with \.csv/);
  await dialog.getByRole("textbox", { name: "Key" }).fill("lists/photos.csv");
  expect(await seriousProblems(page)).toEqual([]);
  await send.click();
  await expect(dialog).toHaveCount(0);
  await expect(manifestField(page)).toHaveValue(`s3://${bucket}/lists/photos.csv`);
  await expect(firstRows(page)).toContainText("The whole manifest was checked: 2 rows");
  await expect(firstRows(page)).toContainText("a b.jpg");

  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await dialog.getByLabel("File").setInputFiles(file);
  await dialog.getByRole("textbox", { name: "Key" }).fill("lists/photos.csv");
  await send.click();
  await expect(dialog.getByRole("alert")).toContainText("an upload overwrites none");
});

test("columns may be others, in another order, and wrong names are told", async ({ page, local, bucket }) => {
  await put(local, bucket, "odd.csv", `1,a%20b.jpg,${bucket}\n2,c.jpg,${bucket}\n`);
  await page.goto("/jobs/new");
  await manifestField(page).fill(`s3://${bucket}/odd.csv`);
  await expect(firstRows(page)).toContainText("wrong");
  await page.getByText("Other columns, or another order").click();
  const columns = page.getByRole("textbox", { name: "Columns" });
  await columns.fill("Size, Key, Bucket");
  await next(page).click();
  await expect(columns).toHaveAccessibleDescription(/"Size" is no column's name/);
  await columns.fill("Ignore, Key, Bucket");
  await expect(firstRows(page)).toContainText("No problem found");
  await expect(firstRows(page)).toContainText("a b.jpg");
});

test("an inventory's manifest.json is read, and its delete markers are left out", async ({ page, local, bucket }) => {
  const rows = gzipSync(`"${bucket}","a+b.jpg","","true","false"\n"${bucket}","gone","v9","true","true"\n`);
  await put(local, bucket, "inventory/data/0.csv.gz", rows);
  await put(local, bucket, "a b.jpg", "x");
  const manifest = {
    sourceBucket: bucket,
    destinationBucket: `arn:aws:s3:::${bucket}`,
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, VersionId, IsLatest, IsDeleteMarker",
    files: [{ key: "inventory/data/0.csv.gz", size: rows.length, MD5checksum: createHash("md5").update(rows).digest("hex") }],
  };
  await put(local, bucket, "inventory/manifest.json", JSON.stringify(manifest));
  await put(local, bucket, "orc.json", JSON.stringify({ ...manifest, fileFormat: "ORC" }));

  await page.goto("/jobs/new");
  await manifestField(page).fill(`s3://${bucket}/inventory/manifest.json`);
  await expect(page.getByText('Choose "S3 Inventory" as the list of objects').first()).toBeVisible();
  await page.getByRole("radio", { name: "S3 Inventory" }).click();
  await expect(firstRows(page)).toContainText("1 file in CSV");
  await expect(firstRows(page)).toContainText("a b.jpg");
  expect(await seriousProblems(page)).toEqual([]);
  await manifestField(page).fill(`s3://${bucket}/orc.json`);
  await expect(page.getByText(/data files in ORC/).first()).toBeVisible();
  await manifestField(page).fill(`s3://${bucket}/inventory/manifest.json`);
  await expect(firstRows(page)).toContainText("No problem found");
  await next(page).click();

  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("team");
  await next(page).click();
  await page.getByLabel("Report bucket").fill(bucket);
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
  await expect(page.getByText("Left out of the manifest: 1 delete markers")).toBeVisible();
  await expect(page.getByText("for the 1 object listed in")).toBeVisible();
});

test("duplicate rows are told, what failed is done again, and a job is cloned", async ({ page, api, local, bucket }) => {
  const rows = [`${bucket},there.jpg`, `${bucket},missing%201.jpg`, `${bucket},there.jpg`];
  const jobId = await createJobByApi(page, {
    manifest: await putManifest(local, bucket, rows, 1),
    reportBucket: bucket,
    roleArn: local.roleArn,
    description: `Harbour ${bucket}`,
  });
  await page.goto(`/jobs/${jobId}/review`);
  await expect(page.getByText("1 row of the manifest names an object that an earlier row names")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  const job = () => api.get<JobDetails>(`/api/jobs/${jobId}`);
  await expect.poll(async () => (await job()).preflight).not.toBeNull();
  const { definitionDigest, preflight } = await job();
  await api.post(`/api/jobs/${jobId}/confirm`, { definitionDigest, acknowledgedPreflight: preflight?.checkedAt });
  await page.goto(`/jobs/${jobId}`);
  await page.getByRole("link", { name: "Retry failed tasks" }).click();

  await expect(page.getByRole("radio", { name: "Failed tasks" })).toBeChecked();
  await expect(manifestField(page)).toHaveValue(new RegExp(`^s3://${bucket}/reports/job-${jobId}/manifest\\.json$`));
  await expect(firstRows(page)).toContainText("missing 1.jpg");
  await expect(page).toHaveURL(/\/jobs\/new\?draft=\w+$/);
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();
  await expect(page.getByLabel("Key of tag 1")).toHaveValue("team");
  await next(page).click();
  await expect(page.getByLabel("Description")).toHaveValue(`Failed tasks of: Harbour ${bucket}`);
  await next(page).click();
  await put(local, bucket, "missing 1.jpg", "x");
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page.getByText("for the 1 object listed in")).toBeVisible();

  await page.goto(`/jobs/${jobId}`);
  await page.getByRole("link", { name: "Clone" }).click();
  await expect(page.getByRole("radio", { name: "CSV manifest" })).toBeChecked();
  await expect(firstRows(page)).toContainText("The whole manifest was checked: 3 rows");
  await next(page).click();
  await next(page).click();
  await expect(page.getByLabel("Description")).toHaveValue(`Harbour ${bucket}`);
  await expect(page.getByLabel("Report bucket")).toHaveValue(bucket);
});
