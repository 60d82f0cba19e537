import { randomBytes } from "node:crypto";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { readLocalFile } from "../bin/launcher/local-file.ts";

export { expect };

/** What the run's stack says of itself: addresses, the admin, keys of the sandbox S3. */
export interface Local {
  url: string;
  admin: { email: string; password: string };
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string };
  roleArn: string;
}

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface Fixtures {
  /** Signed in as the admin; `page.request` is the JSON API with the same session. */
  page: Page;
  /** Signed in as the admin too, in another browser. */
  secondPage: Page;
  /** Not signed in. */
  anonymousPage: Page;
  /** A new bucket in the sandbox, for this test alone. */
  bucket: string;
}

/** Tests run in parallel on one stack, so each makes buckets and jobs of its own. */
export const test = base.extend<Fixtures, { local: Local; session: State }>({
  local: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const { url, admin, s3, roleArn } = readLocalFile(process.env.LONGSHORE_E2E_LOCAL_FILE ?? "");
      if (!admin.password || !s3 || !roleArn) throw new Error("The stack has no sandbox or no generated admin.");
      await use({ url, admin: { email: admin.email, password: admin.password }, s3, roleArn });
    },
    { scope: "worker" },
  ],
  session: [
    async ({ local, playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: local.url });
      const answer = await request.post("/api/auth/sign-in/email", { headers: { origin: local.url }, data: local.admin });
      expect(answer.ok(), await answer.text()).toBe(true);
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ local }, use) => use(local.url),
  storageState: async ({ session }, use) => use(session),
  secondPage: async ({ browser, contextOptions, local, session }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: local.url, storageState: session });
    await use(await context.newPage());
    await context.close();
  },
  anonymousPage: async ({ browser, contextOptions, local }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: local.url, storageState: undefined });
    await use(await context.newPage());
    await context.close();
  },
  bucket: async ({ local }, use) => {
    const bucket = `e2e-${randomBytes(6).toString("hex")}`;
    const s3 = connectS3({ ...local.s3, addressing: "path" });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    s3.destroy();
    await use(bucket);
  },
});
