import { expect, test } from "./job-fixtures.ts";
import { chooseOperation } from "./job-helpers.ts";
import { next, putSmallManifest, seriousProblems } from "./wizard-helpers.ts";

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the form stands right below the operation, which the keyboard finds and changes", async ({ page, local, bucket }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/jobs/new");
    await page.getByRole("textbox", { name: "Manifest object" }).fill(await putSmallManifest(local, bucket));
    await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
    await next(page).click();
    const search = page.getByRole("searchbox", { name: "Find an operation" });
    await search.fill("nothing of the kind");
    await expect(page.getByText("No operation has this in its name")).toBeVisible();
    await search.fill("tag");
    expect(await seriousProblems(page)).toEqual([]);
    await search.press("Enter");
    // Arrows choose without closing the list.
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: "Merge object tags" })).toBeChecked();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const change = page.getByRole("button", { name: "Change the operation" });
    await expect(change).toBeFocused();
    await page.getByLabel("Key of tag 1").fill("team");
    await expect(page.getByLabel("Key of tag 1")).toBeInViewport();
    await change.click();
    await expect(search).toBeFocused();
    await page.getByRole("radio", { name: "Delete all object tags" }).click();
    await expect(change).toBeFocused();
    await expect(page.getByText("For every object: Delete all tags")).toBeVisible();
    // What was typed for another operation is still there.
    await chooseOperation(page, "Replace all object tags");
    await expect(page.getByLabel("Key of tag 1")).toHaveValue("team");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousProblems(page)).toEqual([]);
  });
});
