import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import type { Local } from "./job-fixtures.ts";
import { chooseOperation } from "./job-helpers.ts";

export const step = (page: Page, name: string) => page.getByRole("form", { name: new RegExp(`^Step \\d of 4: ${name}`) });
export const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

/** Of the whole page, dialogs included. */
export const seriousProblems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

/** A list of one object. @returns its address */
export async function putSmallManifest({ s3: keys }: Local, bucket: string): Promise<string> {
  const s3 = connectS3({ ...keys, addressing: "path" });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "harbour.csv", Body: `${bucket},harbour%201.jpg\n` }));
  s3.destroy();
  return `s3://${bucket}/harbour.csv`;
}

/** Through the wizard to its last step. */
export async function fillWizard(page: Page, bucket: string, path: string, description: string): Promise<void> {
  await page.getByRole("textbox", { name: "Manifest object" }).fill(path);
  await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
  await next(page).click();
  await chooseOperation(page, "Replace all object tags");
  await page.getByLabel("Key of tag 1").fill("team");
  await next(page).click();
  await page.getByLabel("Description").fill(description);
  await page.getByLabel("Report bucket").fill(bucket);
  await next(page).click();
  await expect(step(page, "Review")).toBeVisible();
}
