import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { test as base, expect } from "./job-fixtures.ts";

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });
const step = (page: Page, name: string) => page.getByRole("form", { name: new RegExp(`^Step \\d of 4: ${name}`) });

/** The wizard with a manifest of one object, at its second step. */
const test = base.extend<{ atOperations: Page }>({
  atOperations: async ({ page, local, bucket }, use) => {
    const s3 = connectS3({ ...local.s3, addressing: "path" });
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "manifest.csv", Body: `${bucket},a.jpg\n` }));
    s3.destroy();
    await page.goto("/jobs/new");
    await page.getByRole("textbox", { name: "Manifest object" }).fill(`s3://${bucket}/manifest.csv`);
    await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
    await next(page).click();
    await expect(step(page, "Operation")).toBeVisible();
    await use(page);
  },
});

test("updating encryption needs a key, and says that it copies", async ({ atOperations: page }) => {
  await page.getByRole("radio", { name: "Update object encryption" }).click();
  await next(page).click();
  await expect(page.getByLabel("KMS key")).toBeFocused();
  await page.getByLabel("KMS key").fill("schlüssel");
  await next(page).click();
  await expect(page.getByLabel("KMS key")).toHaveAccessibleDescription(/printable ASCII/);
  await page.getByLabel("KMS key").fill("arn:aws:kms:us-east-1:123456789012:key/k");
  await expect(page.getByText(/copied onto itself with its metadata/)).toBeVisible();
  await next(page).click();
  await expect(step(page, "Additional options")).toBeVisible();
});
