import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./job-fixtures.ts";

test("a role that is assumed by STS is tried, refused, saved and changed", async ({ page, local, bucket }) => {
  const account = /:(\d{12}):/.exec(local.roleArn)?.[1] ?? "";
  const name = `assumed-${bucket}`;
  await page.goto("/roles");
  await page.getByRole("button", { name: "Add a role" }).click();
  const form = page.getByRole("dialog", { name: "Add an execution role" });
  await form.getByLabel("Role ARN").fill(`arn:aws:iam::${account}:role/${name}`);
  await form.getByLabel("Connection").click();
  await page.getByRole("option", { name: /Sandbox/ }).click();
  await form.getByRole("radio", { name: "Assume a role by STS" }).click();
  // What was entered stays.
  await expect(form.getByLabel("Role ARN")).toHaveValue(`arn:aws:iam::${account}:role/${name}`);
  await form.getByLabel("Role to assume").fill("jobs");
  await form.getByLabel("Session duration in seconds").fill("60");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByLabel("Role to assume")).toHaveAccessibleDescription(/must be the ARN of a role/);
  await expect(form.getByLabel("Session duration in seconds")).toHaveAccessibleDescription(/at least 900 seconds/);

  await form.getByLabel("Role to assume").fill(`arn:aws:iam::${account}:role/assumed`);
  await form.getByLabel("Session duration in seconds").fill("1800");
  await form.getByLabel("External ID").fill("theirs");
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByText("It does not work yet")).toBeVisible();
  await expect(form.getByText(/AccessDenied.*Check the role's trust policy, the external id/)).toBeVisible();
  await form.getByLabel("External ID").fill("longshore");
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByText("It works", { exact: true })).toBeVisible();
  await expect(form.getByText(/keys of the role for 1,800 seconds/)).toBeVisible();
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await expect(row).toContainText(`Assumes arn:aws:iam::${account}:role/assumed`);
  await expect(row).toContainText("with the connection’s own keys");
  await row.getByRole("button", { name: `Change ${name}` }).click();
  const change = page.getByRole("dialog", { name: "Change the execution role" });
  await expect(change.getByLabel("External ID")).toHaveValue("longshore");
  await expect(change.getByLabel("Session duration in seconds")).toHaveValue("1800");
  await change.getByRole("radio", { name: "Keys that last" }).click();
  await change.getByLabel("Access key ID").fill(local.s3.accessKeyId);
  await change.getByLabel("Secret access key").fill(local.s3.secretAccessKey);
  await change.getByRole("button", { name: "Save" }).click();
  await expect(row).not.toContainText("Assumes");
  await expect(row).toContainText(local.s3.accessKeyId);
  await row.getByRole("button", { name: `Delete ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  // While the dialog is open, nothing behind it is there for roles.
  await expect(page.getByText("The role is deleted")).toBeVisible();
  await expect(row).toBeHidden();
});

test("no page and no answer holds a secret that was entered", async ({ page, local, bucket }) => {
  const secret = "SECRETthatNobodyMaySeeAgain/+=0123456789";
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, ""), Buffer.from(secret).toString("hex")];
  const texts: ([string, string] | Promise<[string, string]>)[] = [];
  const write = (path: string, data: unknown) => page.request.post(path, { data, headers: { origin: local.url } });
  const store = { name: `Secret ${bucket}`, endpoint: local.s3.endpoint, region: "us-east-1", addressing: "path", workBucket: bucket, workPrefix: "" };
  const made = await write("/api/connections", { ...store, accessKeyId: "NOBODY", secretAccessKey: secret });
  expect(made.status()).toBe(200);
  const { id } = (await made.json()) as { id: string };
  const account = /:(\d{12}):/.exec(local.roleArn)?.[1] ?? "";
  const role = await write("/api/roles", {
    arn: `arn:aws:iam::${account}:role/secret-${bucket}`,
    connectionId: id,
    accessKeyId: "NOBODY",
    secretAccessKey: secret,
    assumeRole: { roleArn: `arn:aws:iam::${account}:role/assumed` },
  });
  expect(role.status()).toBe(200);
  const test = await write("/api/roles/test", {
    ...(await role.json()),
    id: undefined,
    arn: undefined,
    connection: undefined,
    connectionId: id,
    secretAccessKey: secret,
  });
  for (const answer of [made, role, test]) texts.push(answer.text().then((text) => [answer.url(), text]));

  page.on("response", (response) =>
    texts.push(
      response.text().then(
        (text) => [response.url(), text],
        () => [response.url(), ""],
      ),
    ),
  );
  for (const path of ["/", "/jobs", "/jobs/new", "/connections", `/connections/${id}`, "/roles", "/keys", "/workers"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    texts.push([path, await page.content()]);
  }
  const all = await Promise.all(texts);
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter(([, text]) => forms.some((form) => text.includes(form))).map(([url]) => url)).toEqual([]);
  await page.request.delete(`/api/roles/${((await role.json()) as { id: string }).id}`, { headers: { origin: local.url } });
  await page.request.delete(`/api/connections/${id}`, { headers: { origin: local.url } });
});

test("a role needs a connection: the page leads to adding one, and says when they did not come", async ({ page }) => {
  let answer: { status: number; json: unknown } = { status: 503, json: { code: "ServiceUnavailable", message: "The database does not answer." } };
  await page.route("**/api/connections", (route) => route.fulfill(answer));
  await page.goto("/roles");
  const failed = page.getByRole("alert").filter({ hasText: "The connections could not be loaded" });
  await expect(failed).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a role" })).toBeDisabled();
  answer = { status: 200, json: [] };
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed).toBeHidden();
  await expect(page.getByRole("link", { name: "Add a connection first" })).toBeVisible();
  await page.unroute("**/api/connections");
  await page.getByRole("link", { name: "Add a connection first" }).click();
  await expect(page.getByRole("button", { name: "Add a connection" })).toBeVisible();
});
