import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, type Local, test } from "./job-fixtures.ts";
import { chooseOperation } from "./job-helpers.ts";

const keys = ["harbour 1.jpg", "harbour <2>.jpg", "harbour 3.jpg"];

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).include("main").analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);
const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

/** The wizard, with a manifest of three objects that are there, at its second step. */
async function toOperations(page: Page, local: Local, bucket: string): Promise<void> {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }));
  const Body = keys.map((key) => `${bucket},${encodeURIComponent(key)}\n`).join("");
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "manifest.csv", Body }));
  s3.destroy();
  await page.goto("/jobs/new");
  await page.getByRole("textbox", { name: "Manifest object" }).fill(`s3://${bucket}/manifest.csv`);
  await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
  await next(page).click();
}

const summary = (page: Page, words: string) => expect(page.getByText(`For every object: ${words}.`)).toBeVisible();

/** Leaves the step, which the form is right for, and comes back. */
async function passes(page: Page): Promise<void> {
  await next(page).click();
  await expect(page.getByRole("form", { name: /Additional options/ })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("button", { name: "Change the operation" })).toBeVisible();
}

test.beforeEach(async ({ page, local, bucket }) => toOperations(page, local, bucket));

test("operations stand in groups, and ours are marked", async ({ page }) => {
  const group = (name: string) => page.getByRole("group", { name, exact: true });
  await expect(group("Tags").getByRole("radio")).toHaveCount(3);
  await expect(group("Object Lock").getByRole("radio")).toHaveCount(2);
  await expect(group("Delete").getByRole("radio", { name: "Delete objects" })).toHaveAccessibleDescription(/Longshore’s own: Amazon S3 has no such operation/);
  await expect(group("Tags").getByRole("radio", { name: "Delete all object tags" })).not.toHaveAccessibleDescription(/own/);
  expect(await seriousProblems(page)).toEqual([]);
});

test("tags are merged and deleted", async ({ page }) => {
  await chooseOperation(page, "Merge object tags");
  const [key, remove] = [page.getByLabel("Key of tag 1"), page.getByLabel("Keys to remove")];
  await next(page).click();
  await expect(key).toHaveAccessibleDescription(/Give the tag a key/);
  await key.fill("team");
  await page.getByLabel("Value of tag 1").fill("data");
  await remove.fill("old\nteam\n");
  await expect(remove).toHaveAccessibleDescription(/The key "team" is to be set and removed at once/);
  await remove.fill("old\naws:made\n");
  await expect(remove).toHaveAccessibleDescription(/may not begin with aws:/);
  await remove.fill("old\n\nolder\n");
  await summary(page, "Merge tags: set team = data; remove old, older, and keep the rest");
  expect(await seriousProblems(page)).toEqual([]);
  await passes(page);

  await chooseOperation(page, "Delete all object tags");
  await summary(page, "Delete all tags");
  await passes(page);
});

test("access control lists are canned or granted, and not both", async ({ page }) => {
  await chooseOperation(page, "Replace access control list");
  const canned = page.getByRole("combobox", { name: /^Canned ACL/ });
  await next(page).click();
  await expect(page.getByText("Choose a canned ACL, or give grants")).toBeVisible();
  await canned.click();
  await page.getByRole("option", { name: "public-read", exact: true }).click();
  await summary(page, "Replace the access control list with the canned ACL public-read");
  await expect(page.getByText("Everybody on the network, signed in or not, may then read the objects.")).toBeVisible();
  await passes(page);

  await page.getByRole("button", { name: "Add grant" }).click();
  await next(page).click();
  await expect(page.getByText("Give a canned ACL or grants, not both")).toBeVisible();
  await page.getByRole("button", { name: "Clear Canned ACL" }).click();
  await expect(page.getByLabel("Grantee of grant 1", { exact: true })).toHaveAccessibleDescription(/empty/);
  await page.getByLabel("Grantee of grant 1", { exact: true }).fill("0123abc");
  await summary(page, "Replace the access control list with READ to 0123abc");
  expect(await seriousProblems(page)).toEqual([]);
  await passes(page);
});

test("retention needs a mode with a date that has not passed, and COMPLIANCE says that it is for good", async ({ page }) => {
  await chooseOperation(page, "Object Lock retention");
  const [mode, until] = [page.getByRole("combobox", { name: /^Retention mode/ }), page.getByRole("textbox", { name: /^Retain until/ })];
  await next(page).click();
  await expect(mode).toHaveAccessibleDescription(/To remove GOVERNANCE retention, leave mode and date empty and bypass governance/);
  await page.getByRole("checkbox", { name: "Bypass governance" }).click();
  await summary(page, "Remove GOVERNANCE retention");
  await mode.click();
  await page.getByRole("option", { name: /^COMPLIANCE/ }).click();
  await next(page).click();
  await expect(until).toHaveAccessibleDescription(/A retention mode needs a date/);
  await until.fill("2020-01-01T00:00");
  await expect(until).toHaveAccessibleDescription(/This time has passed/);
  await until.fill("2040-01-01T00:00");
  await summary(page, "Retain under COMPLIANCE until 2039-12-31 23:00 UTC, bypassing governance");
  await expect(page.getByText("nobody, not even the account's root user, can delete")).toBeVisible();
  await passes(page);

  await chooseOperation(page, "Object Lock legal hold");
  await next(page).click();
  await expect(page.getByRole("combobox", { name: /^Legal hold/ })).toHaveAccessibleDescription(/Choose on or off/);
  await page.getByRole("combobox", { name: /^Legal hold/ }).click();
  await page.getByRole("option", { name: /^On:/ }).click();
  await summary(page, "Put a legal hold on");
  await passes(page);
});

test("a restore has a number of days", async ({ page }) => {
  await chooseOperation(page, "Restore archived objects");
  const days = page.getByLabel("Days to keep the copy");
  await expect(days).toHaveValue("7");
  for (const [wrong, words] of [
    ["0", /is 1 at least/],
    ["1.5", /whole number of days/],
    ["soon", /number/],
  ] as const) {
    await days.fill(wrong);
    await next(page).click();
    await expect(days).toHaveAccessibleDescription(words);
  }
  await days.fill("30");
  await page.getByRole("combobox", { name: /^Retrieval tier/ }).click();
  await page.getByRole("option", { name: /^BULK/ }).click();
  await summary(page, "Initiate the restore of archived objects, to be readable for 30 days, by the tier BULK");
  await passes(page);
});

test("a checksum of the whole object is written to the report, and a composite of CRC64NVME is none", async ({ page, bucket }) => {
  await chooseOperation(page, "Compute checksum");
  const [algorithm, type] = [page.getByRole("combobox", { name: /^Checksum algorithm/ }), page.getByRole("combobox", { name: /^Checksum type/ })];
  await type.click();
  await page.getByRole("option", { name: /^Composite/ }).click();
  await next(page).click();
  await expect(type).toHaveAccessibleDescription(/CRC64NVME of whole objects only/);
  await type.click();
  await page.getByRole("option", { name: "Full object" }).click();
  await algorithm.click();
  await page.getByRole("option", { name: "SHA256", exact: true }).click();
  await summary(page, "Compute the checksum by SHA256");
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();
  await page.getByRole("textbox", { name: "Report bucket" }).fill(bucket);
  await page.getByLabel("Description").fill(`Checksums of ${bucket}`);
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await page.getByRole("button", { name: "Run job" }).click();
  await expect(page.getByText("Complete", { exact: true }).first()).toBeVisible();
  await page
    .getByRole("link", { name: /report/i })
    .first()
    .click();
  // SHA-256 of "x", in hexadecimal.
  await expect(page.getByText(/2D711642B726B04401627CA9FBAC32F5C8530FB1903CC4DB02258717921A4881/).first()).toBeVisible();
});

test("a replication has nothing to fill in, and says what it does not do", async ({ page }) => {
  await chooseOperation(page, "Replicate");
  await summary(page, "Replicate by the bucket's replication rules");
  await expect(page.getByText(/Only the newest version of an object is replicated/)).toBeVisible();
  await passes(page);
});

test("objects are deleted once the reviewer has typed how many they are", async ({ page, local, bucket }) => {
  test.slow();
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  const isThere = (Key: string) =>
    s3.send(new HeadObjectCommand({ Bucket: bucket, Key })).then(
      () => true,
      () => false,
    );
  const reports = `${bucket}-reports`;
  await s3.send(new CreateBucketCommand({ Bucket: reports }));
  await chooseOperation(page, "Delete objects");
  await expect(page.getByText("are deleted for good. Neither Longshore nor the store keeps a copy.")).toBeVisible();
  await next(page).click();
  await page.getByLabel("Report bucket").fill(reports);
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();

  const [run, count] = [page.getByRole("button", { name: "Run job" }), page.getByLabel("Type the number of objects, 3, to run this job")];
  await expect(run).toBeEnabled();
  await expect(page.getByText("This can never be undone")).toBeVisible();
  await run.click();
  await expect(count).toBeFocused();
  await expect(count).toHaveAccessibleDescription(/Type the number of objects, 3, to run this job/);
  await count.fill("30");
  await run.click();
  await expect(count).toHaveAccessibleDescription(/The job is on 3 objects, not on 30/);
  expect(await seriousProblems(page)).toEqual([]);
  for (const key of keys) expect(await isThere(key), key).toBe(true);

  // The screen is no guard of its own.
  const id = /jobs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  const { definitionDigest } = (await (await page.request.get(`/api/jobs/${id}`)).json()) as { definitionDigest: string };
  const refused = await page.request.post(`/api/jobs/${id}/confirm`, { data: { definitionDigest } });
  expect(refused.status()).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: "InvalidRequest", issues: [{ path: "numberOfObjects" }] } });

  await count.fill("3");
  await count.press("Enter");
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  for (const key of keys) expect(await isThere(key), key).toBe(false);
  expect(await isThere("manifest.csv")).toBe(true);
  s3.destroy();
});
