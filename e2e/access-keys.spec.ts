import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { AccessKeyView } from "#lib/auth/access-keys/access-key-views.ts";
import { expect, test } from "./fixtures.ts";

const seriousProblems = async (page: Page, part: string) =>
  (await new AxeBuilder({ page }).include(part).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);

test("a person makes an access key, sees its secret once, finds the lines to use it, and revokes it", async ({ signedIn: page, api }) => {
  await page.goto("/keys");
  await page.getByRole("button", { name: "Create an access key" }).click();
  const form = page.getByRole("dialog", { name: "Create an access key" });
  await form.getByRole("button", { name: "Create" }).click();
  await expect(form.getByText("Enter a name that says what the key is for")).toBeVisible();
  // A name that would write itself backwards over the rest of the line, and is no markup.
  await form.getByLabel("Name").fill("<b>nightly</b>\u202Etpircs");
  await form.getByRole("button", { name: "Create" }).click();

  const shown = page.getByRole("dialog", { name: "Your new access key" });
  await expect(shown).toContainText("This is the only time the secret is shown");
  const id = (await shown.getByText(/^LSIA[A-Z2-7]{16}$/).textContent()) ?? "";
  const secret = (await shown.getByText(/^[A-Za-z0-9]{40}$/).textContent()) ?? "";
  await expect(shown.locator("pre")).toHaveText(`[longshore]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}`);
  expect(await seriousProblems(page, "[role=dialog]")).toEqual([]);
  await shown.getByRole("button", { name: "I have copied the secret" }).click();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);
  expect(JSON.stringify(await api.get<AccessKeyView[]>("/api/access-keys"))).not.toContain(secret);

  const row = page.getByRole("region", { name: "Your keys" }).getByRole("listitem").filter({ hasText: id });
  await expect(row).toContainText("<b>nightly</b>U+202Etpircs");
  await expect(row).toContainText("Active");
  await expect(row).toContainText("Never used");
  expect(await seriousProblems(page, "main")).toEqual([]);

  const use = page.getByRole("region", { name: "Use the API" });
  await expect(use.locator("pre").first()).toContainText(`aws_access_key_id = ${id}`);
  const here = new URL(page.url());
  await expect(use.getByRole("tabpanel")).toContainText(
    `aws s3control list-jobs --profile longshore --region snow --endpoint-url ${here.origin} --account-id `,
  );
  await use.getByRole("tab", { name: "Python" }).click();
  await expect(use.getByRole("tabpanel")).toContainText(`endpoint_url="${here.origin}", region_name="snow"`);
  const byAccount = use.getByRole("radio", { name: "Any other region" });
  if (here.hostname === "localhost") {
    await byAccount.click();
    await expect(use.getByText(/^127\.0\.0\.1 \d{12}\.localhost$/)).toBeVisible();
    await expect(use.getByRole("tabpanel")).toContainText('region_name="us-east-1"');
  } else await expect(byAccount).toBeDisabled();

  await row.getByRole("button", { name: "Revoke <b>nightly</b><U+202E>tpircs" }).click();
  const question = page.getByRole("dialog", { name: "Revoke the access key?" });
  await expect(question).toContainText(id);
  await question.getByRole("button", { name: "Revoke" }).click();
  await expect(question).toBeHidden();
  await expect(row).toContainText("Revoked");
  await expect(row.getByRole("button", { name: /^Revoke/ })).toBeHidden();
  await expect(use.locator("pre").first()).not.toContainText(id);
});
