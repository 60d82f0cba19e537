import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Page } from "@playwright/test";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { test as base, expect } from "./fixtures.ts";

export { expect };

/** Addresses and keys of the run's stack, as a local start writes them down. */
export interface Local {
  url: string;
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string };
  roleArn: string;
}

/**
 * For tests about jobs. `page` is signed in; `bucket` is the test's own, for its objects, manifest and report;
 * `secondPage` is signed in too, in a browser of its own.
 */
export const test = base.extend<{ local: Local; bucket: string; secondPage: Page }>({
  page: async ({ signedIn }, use) => use(signedIn),
  local: async ({ stack }, use) => use(stack),
  bucket: async ({ stack }, use) => {
    const name = `e2e-${crypto.randomUUID().slice(0, 13)}`;
    const s3 = connectS3({ ...stack.s3, addressing: "path" });
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    s3.destroy();
    await use(name);
  },
  secondPage: async ({ browser, contextOptions, session, stack }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: stack.url, storageState: session });
    await use(await context.newPage());
    await context.close();
  },
});
