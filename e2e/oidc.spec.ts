import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** From Longshore's sign-in over the provider's page and back, in the browser. */
async function comeByProvider(page: Page, login: string): Promise<void> {
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await page.getByPlaceholder(/login/i).fill(login);
  await page.getByPlaceholder(/password/i).fill("any");
  await page.getByRole("button", { name: /sign-in|continue|login/i }).click();
}

test("who is invited comes by the provider, is led to where they wanted to go, and a stranger is told what to do", async ({
  page,
  api,
  browser,
  contextOptions,
  stack,
}) => {
  test.slow();
  const email = `${randomUUID()}@example.com`;
  await api.post("/api/invitations", { email, name: "Olivia", role: "operator" });
  await page.goto("/jobs?q=nothing");
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await comeByProvider(page, email);
  await expect(page).toHaveURL(`${stack.url}/jobs?q=nothing`);
  await page.goto("/account");
  await expect(page.getByText(email).first()).toBeVisible();
  await expect(page.getByText("You have none: you sign in by your organization’s provider.")).toBeVisible();

  const stranger = await (await browser.newContext({ ...contextOptions, baseURL: stack.url })).newPage();
  await stranger.goto("/sign-in");
  await comeByProvider(stranger, `${randomUUID()}@example.com`);
  await expect(stranger.getByText(/Ask an administrator to invite you/)).toBeVisible();
  await expect(stranger).toHaveURL(/\/sign-in\?/);
  await stranger.context().close();
});
