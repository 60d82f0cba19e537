import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { expect, test } from "./job-fixtures.ts";

const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

test("a job on the objects of a bucket is made without a manifest, and works on those it selects", async ({ page, local, bucket }) => {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  const keys = ["2026/harbour 1.jpg", "2026/harbour 2.jpg", "2026/notes.txt", "2025/old.jpg"];
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }))));
  s3.destroy();

  await page.goto("/jobs/new");
  await page.getByRole("radio", { name: "Objects of a bucket" }).click();
  await next(page).click();
  await expect(page.getByText("Choose a bucket").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Bucket", exact: true }).fill(bucket);
  await page.getByRole("textbox", { name: "Keys that begin with" }).fill("2026/");
  await page.getByText("More filters").click();
  await page.getByRole("textbox", { name: "Keys that end with" }).fill(".jpg");
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();

  await page.getByRole("radio", { name: "Replace all object tags" }).click();
  await page.getByLabel("Key of tag 1").fill("team");
  await page.getByLabel("Value of tag 1").fill("data");
  await next(page).click();

  await page.getByRole("button", { name: "Use the objects' bucket" }).click();
  await page.getByLabel("Description").fill(`List ${bucket}`);
  await page.getByText("What the role must be allowed").click();
  await expect(page.getByText("s3:ListBucket").first()).toBeVisible();
  await next(page).click();

  const review = page.getByRole("form", { name: /^Step 4 of 4: Review/ });
  for (const value of [`s3://${bucket}/`, "Keys that begin with", "2026/", "Keys that end with", ".jpg"]) await expect(review).toContainText(value);
  expect(await seriousProblems(page)).toEqual([]);
  await review.getByRole("button", { name: "Create job" }).click();

  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
  await expect(page.getByRole("button", { name: "Run job" })).toBeVisible();
  const whatHappens = page.getByRole("region", { name: "What will happen" }).or(page.getByLabel("What will happen"));
  await expect(whatHappens.first()).toContainText("for the 2 objects found in");
  await expect(page.getByText("harbour 1.jpg")).toBeVisible();
  await expect(page.getByText("notes.txt")).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Run job" }).click();
  await expect(page.getByText("Complete", { exact: true }).first()).toBeVisible();
});

test("objects are selected by their tags, which a list does not tell", async ({ page, local, bucket }) => {
  const s3 = connectS3({ ...local.s3, addressing: "path" });
  for (const [Key, Tagging] of [
    ["harbour.jpg", "team=data&old=1"],
    ["notes.txt", "team=web"],
    ["none.txt", undefined],
  ])
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x", Tagging }));
  s3.destroy();

  await page.goto("/jobs/new");
  await page.getByRole("radio", { name: "Objects of a bucket" }).click();
  await page.getByRole("textbox", { name: "Bucket", exact: true }).fill(bucket);
  await page.getByText("More filters").click();
  const tags = page.getByRole("textbox", { name: "Tags" });
  await tags.fill("=data");
  await next(page).click();
  await expect(tags).toHaveAccessibleDescription(/key/i);
  await tags.fill("team=data\nmissing");
  await page.getByRole("checkbox", { name: "SSE-S3" }).click();
  await page.getByRole("checkbox", { name: "NONE", exact: true }).click();
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();
  await page.getByRole("radio", { name: "Delete all object tags" }).click();
  await next(page).click();
  await page.getByRole("button", { name: "Use the objects' bucket" }).click();
  await page.getByText("What the role must be allowed").click();
  await expect(page.getByText("s3:GetObjectTagging").first()).toBeVisible();
  await page.getByLabel("Description").fill(`By tag in ${bucket}`);
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page.getByRole("button", { name: "Run job" })).toBeVisible();
  await expect(page.getByText("harbour.jpg").first()).toBeVisible();
  await expect(page.getByText("notes.txt")).toHaveCount(0);
});
