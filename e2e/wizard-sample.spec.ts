import { expect, test } from "./job-fixtures.ts";

test("the sample's job is made in two presses, from a wizard that is filled in", async ({ page }) => {
  await page.goto("/jobs/new?sample=tag-photos");
  const review = page.getByRole("form", { name: "Step 4 of 4: Review" });
  await expect(review).toContainText("Replace all tags with year = 2026");
  await expect(review).toContainText("1,000 checked, no problem found: this is the whole manifest");
  await expect(page).not.toHaveURL(/sample=/);
  await review.getByRole("button", { name: "Create job" }).click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}\/review$/);
});
