import AxeBuilder from "@axe-core/playwright";
import { authority, server } from "../bin/testing/test-certificates.ts";
import { expect, test } from "./job-fixtures.ts";

test("a connection is added with limits and a private authority, tested, changed and deleted", async ({ page, local, bucket }) => {
  const name = `Store ${bucket}`;
  await page.goto("/connections");
  await page.getByRole("button", { name: "Add a connection" }).click();
  const form = page.getByRole("dialog", { name: "Add a connection" });
  for (const [label, value] of [
    ["Name", name],
    ["Endpoint", local.s3.endpoint],
    ["Access key ID", local.s3.accessKeyId],
    ["Secret access key", local.s3.secretAccessKey],
    ["Work bucket", bucket],
  ] as const)
    await form.getByLabel(label, { exact: true }).fill(value);
  await form.getByText("Advanced").click();
  await form.getByLabel("Requests at once").fill("0");
  await form.getByLabel("CA certificate").fill(authority + server.key);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText(/There is a private key in it/)).toBeVisible();
  await expect(form.getByText(/is 1 at least/)).toBeVisible();

  await form.getByLabel("Requests at once").fill("250");
  await form.getByLabel("CA certificate").fill(authority.replace("MII", "MIJ"));
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText(/The certificate is damaged/)).toBeVisible();
  await form.getByLabel("CA certificate").fill(authority);
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByText("It works", { exact: true })).toBeVisible();
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await expect(card).toContainText("At most 250 requests at once");
  await expect(card).toContainText("Test authority");
  await card.getByRole("button", { name: `Change ${name}` }).click();
  const change = page.getByRole("dialog", { name: `Change ${name}` });
  await expect(change.getByLabel("Requests at once")).toHaveValue("250");
  await change.getByLabel("Requests at once").fill("");
  await change.getByLabel("CA certificate").fill("");
  await change.getByRole("button", { name: "Save" }).click();
  await expect(card).not.toContainText("Test authority");
  await card.getByRole("button", { name: `Delete ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  // While the dialog is open, nothing behind it is there for roles.
  await expect(page.getByText(`The connection ${name} is deleted`)).toBeVisible();
  await expect(card).toBeHidden();
});
