import { expect, test } from "./job-fixtures.ts";
import { fillWizard, next, putSmallManifest, seriousProblems, step } from "./wizard-helpers.ts";

test("a job goes out as a command and comes back as JSON, with its errors at their fields", async ({ page, local, bucket }) => {
  const path = await putSmallManifest(local, bucket);
  await page.goto("/jobs/new");
  await fillWizard(page, bucket, path, "It's a job");
  await page.getByText("This job as a command, or as JSON").click();
  await expect(page.getByRole("tabpanel")).toContainText("aws s3control create-job");
  await expect(page.getByRole("tabpanel")).toContainText("It\\u0027s a job");
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = JSON.parse((await page.getByRole("tabpanel").locator("code").textContent()) ?? "");
  expect(json).toMatchObject({ Description: "It's a job", Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "" }] } } });

  await page.getByRole("button", { name: "Import JSON" }).click();
  const field = page.getByLabel("Job in JSON");
  await field.fill(JSON.stringify({ ...json, Prority: 1 }));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/Prority/);
  expect(await seriousProblems(page)).toEqual([]);
  await field.fill(JSON.stringify({ ...json, Priority: -1, DryRun: true }));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(step(page, "Additional options")).toBeVisible();
  await expect(page.getByLabel("Priority")).toBeFocused();
  await expect(page.getByLabel("Priority")).toHaveAccessibleDescription(/0 at least/);
  await page.getByLabel("Priority").fill("5");
  await next(page).click();
  await page.getByText("This job as a command, or as JSON").click();
  await page.getByRole("tab", { name: "AWS CLI" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("Amazon S3 does not have DryRun");
});
