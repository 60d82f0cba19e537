import AxeBuilder from "@axe-core/playwright";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { expect, test } from "./fixtures.ts";

test("what a store does stands on its connection's page, and an administrator tries it again", async ({ signedIn: page }) => {
  await page.goto("/connections");
  await page.getByRole("link", { name: "Sandbox", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sandbox" })).toBeVisible();
  const tags = page.getByRole("region", { name: "Tags", exact: true });
  await expect(tags.getByRole("listitem").filter({ hasText: "PutObjectTagging" }).first()).toContainText("Works");
  await page.getByRole("button", { name: "Probe again" }).click();
  await expect(page.getByText(/Waiting for a worker|A worker is probing/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Probe again" })).toBeEnabled();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("an operation that the store does wrongly is not offered, with the reason", async ({ signedIn: page, api }) => {
  const connection = (await api.get<ConnectionView[]>("/api/connections")).find(({ name }) => name === "Sandbox");
  const reason = "The store overwrote the object with the request's own XML.";
  await page.route(`**/api/connections/${connection?.id}/probe`, async (route) => {
    const view = await (await route.fetch()).json();
    const results = [{ capability: "PutObjectTagging", verdict: "damages", reason }];
    await route.fulfill({ json: { ...view, state: "done", failure: null, resultsAt: new Date().toISOString(), results } });
  });
  await page.goto(`/connections/${connection?.id}`);
  await expect(page.getByText(reason)).toBeVisible();
  await page.goto("/jobs/new");
  await page.getByRole("radio", { name: "Objects of a bucket" }).click();
  await page.getByRole("textbox", { name: "Bucket", exact: true }).fill("anything");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  const tagging = page.getByRole("radio", { name: "Replace all object tags" });
  await expect(tagging).toBeDisabled();
  await expect(tagging).toHaveAccessibleDescription(new RegExp(`Not offered on this connection: .*PutObjectTagging.*${reason}`));
  await expect(page.getByRole("radio", { name: "Copy", exact: true })).toBeEnabled();
});
