import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { test as base, expect } from "./job-fixtures.ts";

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks on this machine, which does what it is asked except for "late.jpg", and remembers who called. */
const test = base.extend<{ receiver: { url: string; calls: Call[] } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  receiver: async ({}, use) => {
    const calls: Call[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      request.on("end", () => {
        calls.push({ headers: request.headers, body });
        const { invocationId, tasks } = JSON.parse(body) as { invocationId: string; tasks: { taskId: string; s3Key: string }[] };
        const results = tasks.map(({ taskId, s3Key }) =>
          s3Key === "late.jpg"
            ? { taskId, resultCode: "PermanentFailure", resultString: "too late for this one" }
            : { taskId, resultCode: "Succeeded", resultString: "thumbnail made" },
        );
        response.end(JSON.stringify({ invocationId, results }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/objects`, calls });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

const seriousProblems = async (page: Page, within = "main") =>
  (await new AxeBuilder({ page }).include(within).analyze()).violations
    .filter((violation) => violation.impact === "critical" || violation.impact === "serious")
    .map((violation) => violation.id);
const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

/** The wizard, with a manifest of three objects, at its second step. */
async function toOperations(page: Page, s3: Parameters<typeof connectS3>[0], bucket: string): Promise<void> {
  const client = connectS3(s3);
  const Body = ["a%20b.jpg", "c.jpg", "late.jpg"].map((key) => `${bucket},${key}\n`).join("");
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: "manifest.csv", Body }));
  client.destroy();
  await page.goto("/jobs/new");
  await page.getByRole("textbox", { name: "Manifest object" }).fill(`s3://${bucket}/manifest.csv`);
  await expect(page.getByRole("region", { name: "First rows", exact: true })).toContainText("No problem found");
  await next(page).click();
}

test("a webhook is told what it wants to know, called, and its words stand in the report", async ({ page, local, bucket, receiver }) => {
  test.slow();
  await toOperations(page, { ...local.s3, addressing: "path" }, bucket);
  await page.getByRole("radio", { name: "Invoke webhook" }).click();
  const url = page.getByLabel("URL", { exact: true });
  await next(page).click();
  await expect(url).toHaveAccessibleDescription(/Enter the receiver's URL/);
  await url.fill("https://user:password@hooks.example.com/");
  await expect(url).toHaveAccessibleDescription(/Leave user and password out of the URL/);
  await url.fill(receiver.url);
  await page.getByLabel("Objects an invocation").fill("1001");
  await page.getByLabel("Time limit of an invocation").fill("ten");
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByLabel("Value of entry 1").fill("small");
  await next(page).click();
  await expect(page.getByLabel("Objects an invocation")).toHaveAccessibleDescription(/is 1,000 at most/);
  await expect(page.getByLabel("Time limit of an invocation")).toHaveAccessibleDescription(/whole number of seconds/);
  await expect(page.getByLabel("Key of entry 1")).toHaveAccessibleDescription(/Give a key/);
  await page.getByLabel("Objects an invocation").fill("2");
  await page.getByLabel("Time limit of an invocation").fill("");
  await page.getByLabel("Key of entry 1").fill("size");
  await expect(page.getByText(`For every object: Call ${new URL(receiver.url).host}/objects, with up to 2 objects at a time.`)).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();
  await page.getByLabel("Report bucket").fill(bucket);
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();

  const run = page.getByRole("button", { name: "Run job" });
  await expect(run).toBeEnabled();
  await expect(page.getByText(/It may be called more than once for an object/)).toBeVisible();
  expect(receiver.calls).toEqual([]);
  await run.click();
  await expect(page.getByRole("main").getByText("Complete", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("The function says that it could not do these objects.", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "Completion report" }).click();
  await expect(page.getByRole("table")).toContainText("thumbnail made");
  await expect(page.getByRole("table")).toContainText("too late for this one");
  expect(receiver.calls.map(({ body }) => JSON.parse(body).job.userArguments)).toEqual([{ size: "small" }, { size: "small" }]);

  // The secret that an administrator is shown is the one that the calls were signed with.
  await page.goto("/connections");
  await page.getByRole("button", { name: "Webhook secret" }).click();
  const dialog = page.getByRole("dialog", { name: "Webhook secret" });
  await dialog.getByLabel("URL of the webhook").fill("hooks.example.com");
  await dialog.getByRole("button", { name: "Show the secret" }).click();
  await expect(dialog.getByLabel("URL of the webhook")).toHaveAccessibleDescription(/begins with https/);
  await dialog.getByLabel("URL of the webhook").fill(receiver.url);
  await dialog.getByRole("button", { name: "Show the secret" }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? "";
  expect(await seriousProblems(page, '[role="dialog"]')).toEqual([]);
  for (const { headers, body } of receiver.calls) {
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const signature = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
      .update(signed)
      .digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
  }
});

test("a Lambda function needs a connection that has a place for it", async ({ page, local, bucket }) => {
  await toOperations(page, { ...local.s3, addressing: "path" }, bucket);
  await page.getByRole("radio", { name: "Invoke AWS Lambda function" }).click();
  const arn = page.getByLabel("Function ARN");
  await arn.fill("arn:aws:s3:::bucket");
  await next(page).click();
  await expect(arn).toHaveAccessibleDescription(/must be a function's ARN/);
  await arn.fill("arn:aws:lambda:us-east-1:123456789012:function:resize");
  await expect(page.getByRole("group", { name: /^User arguments/ })).toBeHidden();
  await page.getByRole("combobox", { name: /^Invocation schema/ }).click();
  await page.getByRole("option", { name: /^2\.0/ }).click();
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByLabel("Key of entry 1").fill("size");
  await expect(page.getByText("For every object: Invoke the Lambda function resize.")).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await next(page).click();
  await page.getByLabel("Report bucket").fill(bucket);
  await page.getByText("What the role must be allowed").click();
  await expect(page.getByText("lambda:InvokeFunction").first()).toBeVisible();
  await next(page).click();
  await page.getByRole("button", { name: "Create job" }).click();
  await expect(page.getByText(/has no Lambda endpoint/).first()).toBeVisible();
});
