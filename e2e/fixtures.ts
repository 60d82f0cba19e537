import { type APIRequestContext, type APIResponse, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { readLocalFile } from "../bin/launcher/local-file.ts";

export { expect };

/** What the run's stack says of itself. */
export interface Stack {
  url: string;
  admin: { email: string; password: string };
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string };
  roleArn: string;
}

/** The JSON API, as the signed-in admin. A refusal fails the test with the API's own words. */
export interface Api {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: unknown) => Promise<T>;
}

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

/**
 * `page` is not signed in; `signedIn` is a page on which the admin is: go where the test begins.
 * `api`: the JSON API as the admin; `stack`: addresses and keys, for the sandbox S3 among others.
 * Tests run in parallel on one stack: make buckets and jobs of your own.
 */
export const test = base.extend<{ signedIn: Page; api: Api }, { stack: Stack; session: State }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const { url, admin, s3, roleArn } = readLocalFile(process.env.LONGSHORE_E2E_LOCAL_FILE ?? "");
      if (!admin.password || !s3 || !roleArn) throw new Error("The stack has no sandbox or no generated admin.");
      await use({ url, admin: { email: admin.email, password: admin.password }, s3, roleArn });
    },
    { scope: "worker" },
  ],
  session: [
    async ({ stack, playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: stack.url });
      await demandOk(await request.post("/api/auth/sign-in/email", { headers: { origin: stack.url }, data: stack.admin }));
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  signedIn: async ({ browser, contextOptions, session, stack }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: stack.url, storageState: session });
    await use(await context.newPage());
    await context.close();
  },
  api: async ({ playwright, session, stack }, use) => {
    const request = await playwright.request.newContext({ baseURL: stack.url, storageState: session, extraHTTPHeaders: { origin: stack.url } });
    await use(apiOf(request));
    await request.dispose();
  },
});

const apiOf = (request: APIRequestContext): Api => ({
  get: async <T>(path: string) => (await (await demandOk(await request.get(path))).json()) as T,
  post: async <T>(path: string, data: unknown) => (await (await demandOk(await request.post(path, { data }))).json()) as T,
});

async function demandOk(response: APIResponse): Promise<APIResponse> {
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return response;
}
