import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect, type Local } from "./job-fixtures.ts";
import { createJobByApi, putManifest } from "./job-helpers.ts";

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks on this machine, which remembers who called. */
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
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, calls });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

async function makeJob(page: Page, local: Local, bucket: string): Promise<{ jobId: string; description: string }> {
  const description = `Told of ${crypto.randomUUID().slice(0, 8)}`;
  const manifest = await putManifest(local, bucket, [`${bucket},a.txt`], 1);
  return { jobId: await createJobByApi(page, { manifest, reportBucket: bucket, roleArn: local.roleArn, description }), description };
}

test("a person chooses what to be told, and it is kept", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Notifications" }).click();
  await expect(page).toHaveTitle("Notifications · Longshore");
  const failed = page.getByRole("combobox", { name: "Failed, by browser" });
  await expect(failed).toContainText("My jobs");
  const choose = async (jobs: string) => {
    const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/notifications/settings") && answer.request().method() === "PUT");
    await failed.click();
    await page.getByRole("option", { name: jobs }).click();
    expect((await kept).status()).toBe(200);
  };
  await choose("All jobs");
  await page.reload();
  await expect(failed).toContainText("All jobs");
  await expect(page.getByRole("combobox", { name: "Failed, by e-mail" })).toBeDisabled();
  await expect(page.getByText("LONGSHORE_SMTP_URL")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await choose("My jobs");
  await expect(failed).toContainText("My jobs");
});

test("a webhook is added, tried, told of a job by signed requests, and deleted", async ({ page, local, bucket, receiver }) => {
  test.slow();
  await page.goto("/notifications");
  const card = page.getByRole("region", { name: "Webhooks" });
  await card.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL").fill("http://169.254.169.254/latest");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByLabel("URL")).toHaveAccessibleDescription(/Link-local addresses are not allowed/);
  await dialog.getByLabel("URL").fill(receiver.url);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? "";
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "I have copied the secret" }).click();
  await expect(page.getByText(/^whsec_/)).toBeHidden();

  const row = card.getByRole("listitem").filter({ hasText: receiver.url });
  await row.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The receiver took the test message")).toBeVisible();
  const { jobId } = await makeJob(page, local, bucket);
  const told = () => receiver.calls.find(({ body }) => JSON.parse(body).data?.job?.id === jobId);
  await expect.poll(() => told() && JSON.parse(told()?.body ?? "").type).toBe("job.awaiting_confirmation");
  for (const { headers, body } of receiver.calls) {
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  }
  await expect(row).toContainText("Delivered");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await row.getByRole("button", { name: `Delete ${receiver.url}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  // While the dialog is open, nothing behind it is there for roles.
  await expect(page.getByText("The webhook was deleted")).toBeVisible();
  await expect(row).toBeHidden();
  expect(await (await page.request.get("/api/webhooks")).text()).not.toContain(receiver.url);
});

interface Shown {
  title: string;
  onclick: (() => void) | null;
}

test("the browser tells of a job that waits, in one of two tabs, and a press leads to its review", async ({ page, local, bucket }) => {
  test.slow();
  const context = page.context();
  await context.grantPermissions(["notifications"]);
  await context.addInitScript(() => {
    const all: Shown[] = [];
    class Stub implements Shown {
      static permission = "granted";
      onclick = null;
      title: string;
      constructor(title: string) {
        this.title = title;
        all.push(this);
      }
      close() {}
    }
    Object.assign(window, { Notification: Stub, shownNotifications: all });
  });
  const second = await context.newPage();
  await second.goto("/workers");
  await page.goto("/workers");
  await page.waitForFunction(() => localStorage.getItem("longshore.notifications-cursor") !== null);
  const { jobId, description } = await makeJob(page, local, bucket);
  const shownIn = (tab: Page) =>
    tab.evaluate(
      (words) => (window as unknown as { shownNotifications: Shown[] }).shownNotifications.filter(({ title }) => title.includes(words)).length,
      description,
    );
  await expect.poll(async () => (await shownIn(page)) + (await shownIn(second))).toBe(1);
  const teller = (await shownIn(page)) === 1 ? page : second;
  await teller.evaluate(
    (words) => (window as unknown as { shownNotifications: Shown[] }).shownNotifications.find(({ title }) => title.includes(words))?.onclick?.(),
    description,
  );
  await expect(teller).toHaveURL(new RegExp(`/jobs/${jobId}/review$`));
  // The tab that spoke is closed: the other one goes on.
  await teller.close();
  const other = teller === page ? second : page;
  const later = await makeJob(other, local, bucket);
  await expect
    .poll(() =>
      other.evaluate(
        (words) => (window as unknown as { shownNotifications: Shown[] }).shownNotifications.some(({ title }) => title.includes(words)),
        later.description,
      ),
    )
    .toBe(true);
});
