import { expect, test } from "./job-fixtures.ts";
import { fillWizard, putSmallManifest, seriousProblems, step } from "./wizard-helpers.ts";

test("drafts are left, found again, deleted and brought back, and a job leaves the list of them", async ({ page, local, bucket }) => {
  const path = await putSmallManifest(local, bucket);
  await page.goto("/jobs/new");
  await fillWizard(page, bucket, path, "It's the <first>");
  await page.goto("/jobs/new");
  await page.getByRole("radio", { name: "Objects of a bucket" }).click();
  await page.getByRole("textbox", { name: "Bucket", exact: true }).fill(bucket);
  await expect(page).toHaveURL(/draft=/);

  await page.goto("/jobs");
  await page.getByRole("link", { name: "Create job" }).first().click();
  await expect(page.getByRole("textbox", { name: "Manifest object" })).toHaveValue("");
  await expect(page.getByText(`You have begun “${bucket}”`)).toBeVisible();
  await page.getByRole("button", { name: "Drafts (2)" }).click();
  const list = page.getByRole("dialog", { name: "Drafts" });
  expect(await seriousProblems(page)).toEqual([]);
  await list.getByRole("button", { name: `Delete ${bucket}` }).click();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByRole("button", { name: "Resume It's the <first>" }).click();

  await expect(step(page, "Review")).toContainText("Replace all tags with team = (empty)");
  await expect(page).toHaveURL(/step=review/);
  await page.reload();
  await step(page, "Review").getByRole("button", { name: "Create job" }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
  await page.goBack();
  await expect(page.getByText("This draft is no longer in this browser")).toBeVisible();
  await expect(page.getByRole("button", { name: "Drafts (1)" })).toBeVisible();
});

test("a draft whose connection and role are gone says so at their fields", async ({ page, local, bucket }) => {
  await page.goto("/jobs/new");
  await fillWizard(page, bucket, await putSmallManifest(local, bucket), "Long ago");
  const forget = async (part: "role" | "connection") => {
    const wizard = page.url();
    // From another page: an open wizard keeps what it knows, with every change of its own.
    await page.goto("/workers");
    await page.evaluate((gone) => {
      const key = Object.keys(localStorage).find((name) => name.startsWith("longshore.draft.")) ?? "";
      const stored = JSON.parse(localStorage.getItem(key) ?? "");
      if (gone === "role") stored.draft.options.roleArn = "arn:aws:iam::123456789012:role/gone";
      else stored.draft.manifest.connectionId = crypto.randomUUID();
      localStorage.setItem(key, JSON.stringify(stored));
    }, part);
    await page.goto(wizard);
  };
  await forget("role");
  await expect(step(page, "Additional options")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveAccessibleDescription(/no role arn:aws:iam::123456789012:role\/gone any more/);
  await forget("connection");
  await expect(step(page, "Manifest")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Connection" })).toHaveAccessibleDescription(/no longer there/);
  await expect(page.getByRole("navigation", { name: "Steps of the job" }).getByRole("img", { name: "Needs attention" })).toHaveCount(1);
});
