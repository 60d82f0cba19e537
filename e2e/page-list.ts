import type { Page } from "@playwright/test";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { test as base, expect, type Local } from "./job-fixtures.ts";
import { putManifest } from "./job-helpers.ts";

export { expect };

/** What the pages are about, in every state that a page tells apart. */
export interface Places {
  bucket: string;
  /** Awaits confirmation, its checks done. */
  pending: string;
  /** At a task a second, so for as long as anybody looks. */
  running: string;
  /** Some of its tasks failed. */
  complete: string;
  /** Its manifest could not be used. */
  failed: string;
  connection: string;
}

export interface ListedPage {
  name: string;
  /** The file under app/ that shows it. */
  file: string;
  path: (places: Places) => string;
  /** What stands there once the page's data has come. */
  ready: (page: Page) => Promise<void>;
  signedOut?: true;
  /** Answers 404, which the browser says on its console. */
  missing?: true;
}

const heading = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};
const seen = (text: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole("main").getByText(text).filter({ visible: true }).first()).toBeVisible();
};

const job = "(console)/jobs/[jobId]";

/** Every page of the console, in each of its states; a test demands that none is missing. */
export const pageList: readonly ListedPage[] = [
  { name: "sign in", file: "(auth)/sign-in", path: () => "/sign-in", ready: heading("Sign in"), signedOut: true },
  { name: "home", file: "(console)", path: () => "/", ready: seen("Under way") },
  { name: "job list", file: "(console)/jobs", path: ({ bucket }) => `/jobs?q=${bucket}`, ready: seen("Failed preparation") },
  { name: "job list, nothing found", file: "(console)/jobs", path: () => "/jobs?q=no-job-has-this", ready: seen(/No job/) },
  {
    name: "wizard",
    file: "(console)/jobs/new",
    path: () => "/jobs/new",
    ready: async (page) => expect(page.getByRole("textbox", { name: "Manifest object" })).toBeVisible(),
  },
  { name: "details, awaiting confirmation", file: job, path: ({ pending }) => `/jobs/${pending}`, ready: seen("Timeline") },
  { name: "details, running", file: job, path: ({ running }) => `/jobs/${running}`, ready: seen("Timeline") },
  { name: "details, complete with failures", file: job, path: ({ complete }) => `/jobs/${complete}`, ready: seen("NoSuchKey") },
  { name: "details, failed preparation", file: job, path: ({ failed }) => `/jobs/${failed}`, ready: seen("Timeline") },
  { name: "details, no such job", file: job, path: () => "/jobs/00000000-0000-4000-8000-000000000000", ready: heading(/./), missing: true },
  {
    name: "review",
    file: `${job}/review`,
    path: ({ pending }) => `/jobs/${pending}/review`,
    ready: async (page) => expect(page.getByRole("button", { name: "Run job" })).toBeEnabled(),
  },
  { name: "review, when it has run", file: `${job}/review`, path: ({ complete }) => `/jobs/${complete}/review`, ready: heading(/./) },
  {
    name: "report",
    file: `${job}/report`,
    path: ({ complete }) => `/jobs/${complete}/report`,
    ready: seen("photo-0.jpg"),
  },
  { name: "connections", file: "(console)/connections", path: () => "/connections", ready: seen("http://") },
  { name: "connection", file: "(console)/connections/[connectionId]", path: ({ connection }) => `/connections/${connection}`, ready: seen("http://") },
  { name: "roles", file: "(console)/roles", path: () => "/roles", ready: seen("longshore-sandbox") },
  { name: "confirmation policy", file: "(console)/policy", path: () => "/policy", ready: seen("Two people confirm large jobs") },
  { name: "workers", file: "(console)/workers", path: () => "/workers", ready: seen(/^Process \d+/) },
  { name: "people", file: "(console)/people", path: () => "/people", ready: seen(/@/) },
  { name: "account", file: "(console)/account", path: () => "/account", ready: seen("This one") },
  {
    name: "invitation that is not known",
    file: "(auth)/invitation/[token]",
    path: () => "/invitation/unknown",
    ready: heading(/does not work/),
    signedOut: true,
  },
  {
    name: "new password, link not known",
    file: "(auth)/reset-password/[token]",
    path: () => "/reset-password/unknown",
    ready: heading(/does not work/),
    signedOut: true,
  },
  {
    name: "notifications",
    file: "(console)/notifications",
    path: () => "/notifications",
    ready: async (page) => expect(page.getByRole("combobox", { name: "Failed, by browser" })).toBeVisible(),
  },
  { name: "access keys", file: "(console)/keys", path: () => "/keys", ready: seen("Use the API") },
  { name: "primitives", file: "(console)/design", path: () => "/design", ready: seen("Pagination") },
  { name: "audit trail", file: "(console)/audit", path: () => "/audit?group=sessions", ready: seen("signed in") },
  { name: "nothing there", file: "not-found", path: () => "/no/such/page", ready: heading("There is nothing at this address"), missing: true },
];

/** `places` is made once for all tests of a worker, with a bucket and jobs of its own. What runs asks one request a second, and is cancelled at the end. */
export const test = base.extend<{ places: Places }, { keptPlaces: { made?: Promise<Places> } }>({
  keptPlaces: [
    async ({ playwright, session, stack }, use) => {
      const kept: { made?: Promise<Places> } = {};
      await use(kept);
      const places = await kept.made?.catch(() => undefined);
      if (!places) return;
      const request = await playwright.request.newContext({ baseURL: stack.url, storageState: session, extraHTTPHeaders: { origin: stack.url } });
      await request.post(`/api/jobs/${places.running}/cancel`, { data: {} });
      await request.dispose();
    },
    { scope: "worker" },
  ],
  places: async ({ keptPlaces, signedIn, local, bucket }, use) => {
    keptPlaces.made ??= makePlaces(signedIn, local, bucket);
    await use(await keptPlaces.made);
  },
});

async function makePlaces(page: Page, local: Local, bucket: string): Promise<Places> {
  const read = async (id: string) => (await (await page.request.get(`/api/jobs/${id}`)).json()) as JobDetails;
  const make = async (description: string, rows: string[], existing: number) => {
    const Location = await putManifest(local, bucket, rows, existing);
    const answer = await page.request.post("/api/jobs", {
      data: {
        Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
        Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location },
        Report: { Enabled: true, Bucket: bucketArn(bucket), Prefix: "reports" },
        Priority: 10,
        RoleArn: local.roleArn,
        ClientRequestToken: crypto.randomUUID(),
        Description: `${description} of ${bucket}`,
      },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    return ((await answer.json()) as { jobId: string }).jobId;
  };
  const until = (id: string, holds: (job: JobDetails) => boolean) => expect.poll(async () => holds(await read(id)), { message: `the job ${id}` }).toBe(true);
  const confirm = async (id: string) => {
    await until(id, ({ preflight }) => preflight !== null);
    const { definitionDigest, preflight } = await read(id);
    const answer = await page.request.post(`/api/jobs/${id}/confirm`, { data: { definitionDigest, acknowledgedPreflight: preflight?.checkedAt } });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  const rows = Array.from({ length: 12 }, (_, index) => `${bucket},photo-${index}.jpg`);
  const [pending, running, complete, failed] = await Promise.all([
    make("A review", rows, 12),
    make("A run", Array<string>(3_000).fill(`${bucket},photo-0.jpg`), 1),
    make("Some failures", [...rows, `${bucket},missing-1.jpg`, `${bucket},missing-2.jpg`], 12),
    make("Failed preparation", [`${bucket},photo-0.jpg`, "a row with no comma"], 1),
  ]);
  expect((await page.request.put(`/api/jobs/${running}/limits`, { data: { maxInFlight: 1, maxRequestsPerSecond: 1 } })).status()).toBe(200);
  await Promise.all([confirm(running), confirm(complete)]);
  await Promise.all([
    until(pending, ({ preflight }) => preflight !== null),
    until(running, ({ status }) => status === "Active"),
    until(complete, ({ status }) => status === "Complete"),
    until(failed, ({ status }) => status === "Failed"),
  ]);
  const [connection] = (await (await page.request.get("/api/connections")).json()) as ConnectionView[];
  return { bucket, pending, running, complete, failed, connection: connection?.id ?? "" };
}
