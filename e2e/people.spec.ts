import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./people.ts";

const problems = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);

/** Signs in by hand. */
async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("an admin invites an operator, who accepts, works, and is kept out once disabled", async ({ signedIn: admin, browser, contextOptions, stack }) => {
  test.slow();
  const [email, name, password] = [`${randomUUID()}@example.com`, `Olga ${randomUUID().slice(0, 6)}`, "a password that she chose"];
  await admin.goto("/people");
  await expect(admin.getByRole("table")).toContainText(stack.admin.email);
  expect(await problems(admin)).toEqual([]);
  await admin.getByRole("button", { name: "Invite somebody" }).first().click();
  const form = admin.getByRole("dialog", { name: "Invite somebody" });
  await form.getByLabel("E-mail").fill(stack.admin.email);
  await form.getByLabel("Name").fill(name);
  expect(await problems(admin)).toEqual([]);
  await form.getByRole("button", { name: "Invite" }).click();
  await expect(form.getByText(/belongs to somebody who has an account/)).toBeVisible();
  await form.getByLabel("E-mail").fill(email);
  await form.getByRole("button", { name: "Invite" }).click();
  const shown = admin.getByRole("dialog", { name: "The invitation’s link" });
  const link = await shown.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toContain(`${stack.url}/invitation/`);
  expect(await problems(admin)).toEqual([]);
  await shown.getByRole("button", { name: "I have copied the link" }).click();
  await expect(admin.getByRole("region", { name: "Invitations" }).getByText(email)).toBeVisible();

  const context = await browser.newContext({ ...contextOptions, baseURL: stack.url });
  const olga = await context.newPage();
  const answer = await olga.goto(link);
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(olga.getByRole("heading", { level: 1, name: "Welcome to Longshore" })).toBeVisible();
  expect(await problems(olga)).toEqual([]);
  await olga.getByLabel("Password").fill("too short");
  await olga.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(olga.getByText(/must have at least 12 characters/)).toBeVisible();
  await olga.getByLabel("Password").fill(password);
  await olga.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(olga.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await expect(olga.getByRole("link", { name: "People" })).toHaveCount(0);

  // Its link works once.
  const again = await (await browser.newContext({ ...contextOptions, baseURL: stack.url })).newPage();
  await again.goto(link);
  await expect(again.getByText(/was accepted already/)).toBeVisible();
  expect(await problems(again)).toEqual([]);
  await again.context().close();

  await admin.reload();
  await admin.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Disable" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("Disabled");

  const refused = await context.request.post("/api/account/password", {
    data: { present: password, password: "another password" },
    headers: { origin: stack.url },
  });
  expect(refused.status()).toBe(401);
  await olga.goto("/jobs");
  await expect(olga).toHaveURL(/\/sign-in/);
  await signIn(olga, email, password);
  await expect(olga.getByText("Your account is disabled. Ask an administrator.")).toBeVisible();
  await context.close();
});

test("an admin makes a link for a new password, which ends the person's sessions", async ({ signedIn: admin, person, browser, contextOptions, stack }) => {
  test.slow();
  const viewer = await person("viewer");
  await admin.goto("/people");
  await admin.getByRole("button", { name: `Actions for ${viewer.name}` }).click();
  await admin.getByRole("menuitem", { name: "New password" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Make a link" }).click();
  const link = await admin.getByRole("dialog").getByRole("textbox", { name: "Link" }).inputValue();
  const page = await (await browser.newContext({ ...contextOptions, baseURL: stack.url })).newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: "Choose a new password" })).toBeVisible();
  expect(await problems(page)).toEqual([]);
  await page.getByLabel("Password").fill("a password that is new");
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await viewer.page.goto("/jobs");
  await expect(viewer.page).toHaveURL(/\/sign-in/);
  await page.context().close();
});

test("a person looks after their own account: name, sessions, password", async ({ person, browser, contextOptions, stack }) => {
  test.slow();
  const { page, name } = await person("viewer");
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  await expect(page.getByText("This one")).toBeVisible();
  expect(await problems(page)).toEqual([]);
  const email =
    (await page
      .getByText(/@example\.com$/)
      .first()
      .textContent()) ?? "";
  await page.getByLabel("Name").fill(`${name} the second`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: /^Account/ })).toContainText(`${name} the second`);

  const elsewhere = await (await browser.newContext({ ...contextOptions, baseURL: stack.url })).newPage();
  await signIn(elsewhere, email, "a password of theirs");
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: /^End the session/ }).click();
  await expect(page.getByRole("button", { name: /^End the session/ })).toHaveCount(0);
  await elsewhere.goto("/jobs");
  await expect(elsewhere).toHaveURL(/\/sign-in/);

  await page.getByLabel("Present password").fill("not the present one");
  await page.getByLabel("New password").fill("a password that is new");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Present password is not the password that you have now")).toBeVisible();
  await page.getByLabel("Present password").fill("a password of theirs");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await signIn(elsewhere, email, "a password that is new");
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await elsewhere.context().close();
});

test("whoever is no admin is told so", async ({ person }) => {
  const { page } = await person("reviewer");
  await page.goto("/people");
  await expect(page.getByText("For administrators")).toBeVisible();
});
