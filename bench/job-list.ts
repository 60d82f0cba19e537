import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { countAwaiting } from "#lib/home/awaiting-jobs.ts";
import type { Context } from "#lib/jobs/context.ts";
import { exportJobs } from "#lib/jobs/export-jobs.ts";
import { groupJobs } from "#lib/jobs/group-jobs.ts";
import { jobFacets } from "#lib/jobs/job-facets.ts";
import { filtersOf } from "#lib/jobs/job-filters.ts";
import { listJobIds } from "#lib/jobs/list-job-ids.ts";
import { listJobs } from "#lib/jobs/list-jobs.ts";
import { median } from "./measure/median.ts";

/**
 * Fills a local start's database with jobs and measures the job list: each query by the clock, and what a person does in the
 * browser by the time from a press to the next picture, and by the longest task of the page's main thread. For a start that is thrown
 * away: the jobs stay.
 */
const usage = "DATABASE_URL=… node bench/job-list.ts --url http://localhost:… --email … --password … --account … [--jobs 10000] [--rounds 7] [--explain]";
const { values } = parseArgs({
  options: {
    url: { type: "string" },
    email: { type: "string" },
    password: { type: "string" },
    account: { type: "string" },
    jobs: { type: "string", default: "10000" },
    rounds: { type: "string", default: "7" },
    browser: { type: "string", default: "/usr/bin/chromium" },
    explain: { type: "boolean", default: false },
  },
});
const { DATABASE_URL } = process.env;
if (!DATABASE_URL || !values.account) {
  console.error(usage);
  process.exit(1);
}
const db = createDb(DATABASE_URL);
const rounds = Number(values.rounds);
const ctx = {
  db,
  accountId: values.account,
  now: () => new Date(),
  caller: { userId: null, name: "bench", role: "admin" },
  // Reading needs no queue.
  boss: undefined as unknown as Context["boss"],
} satisfies Context;

await seed(Number(values.jobs));
const found: Record<string, string | undefined>[] = [];
await measureQueries();
if (values.url && values.email && values.password) await measureBrowser(values.url, { email: values.email, password: values.password });
console.table(found);
await db.$disconnect();

/** Jobs of two months, which no worker removes as too old: some hundred descriptions, most of them ended, definitions of some kilobytes. */
async function seed(jobs: number): Promise<void> {
  const have = await db.job.count({ where: { accountId: ctx.accountId, clientRequestToken: { startsWith: "bench-" } } });
  if (have >= jobs) return;
  const role = await db.executionRole.findFirstOrThrow();
  const person = await db.user.findFirstOrThrow();
  const statuses = ["Complete", "Complete", "Complete", "Complete", "Complete", "Complete", "Failed", "Cancelled", "Suspended", "Paused"] as const;
  const operations = ["S3PutObjectTagging", "S3PutObjectCopy", "S3DeleteObjectTagging", "S3InitiateRestoreObject"];
  const padding = "x".repeat(2_000);
  const now = Date.now();
  const days60 = 60 * 86_400_000;
  for (let at = 0; at < jobs; at += 500) {
    await db.job.createMany({
      skipDuplicates: true,
      data: Array.from({ length: Math.min(500, jobs - at) }, (_, offset) => {
        const index = at + offset;
        const status = statuses[index % statuses.length] ?? "Complete";
        const ended = status === "Complete" || status === "Failed" || status === "Cancelled";
        const createdAt = new Date(now - (index * days60) / jobs);
        const totalTasks = (index * 7_919) % 1_000_000;
        return {
          accountId: ctx.accountId,
          status,
          operation: operations[index % operations.length] ?? "S3PutObjectTagging",
          description: index % 50 === 0 ? `One of a kind ${randomUUID()}` : `Weekly log copy jobs of team ${index % 397}`,
          dryRun: index % 20 === 0,
          definition: { padding },
          definitionDigest: "x",
          priority: index % 100,
          tags: [
            { Key: "team", Value: `team-${index % 40}` },
            { Key: "cost-center", Value: String(index % 12) },
          ],
          confirmationRequired: true,
          clientRequestToken: `bench-${index}`,
          roleId: role.id,
          createdById: person.id,
          createdAt,
          preparedAt: createdAt,
          ...(status === "Paused" && { pausedBy: person.email }),
          ...(ended && { terminatedAt: new Date(createdAt.getTime() + 600_000), activeSeconds: index % 600 }),
          totalTasks,
          succeededTasks: ended ? totalTasks - (index % 9) * 10 : 0,
          failedTasks: ended ? (index % 9) * 10 : 0,
        };
      }),
    });
  }
  await db.$executeRaw`ANALYZE "Job"`;
}

async function timed(what: string, run: () => Promise<unknown>): Promise<void> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  found.push({ what, median: `${median(times).toFixed(1)} ms`, worst: `${Math.max(...times).toFixed(1)} ms` });
}

async function measureQueries(): Promise<void> {
  const list = (search: string) => () => listJobs(ctx, filtersOf(new URLSearchParams(search)));
  await timed("list, newest first", list("size=100"));
  await timed("list, page 90 of 100", list("size=100&page=90"));
  await timed("search in descriptions", list("q=log+copy&size=100"));
  await timed("search for what few have", list("q=one+of+a+kind+a&size=100"));
  await timed("one description", list("description=Weekly+log+copy+jobs+of+team+7&size=100"));
  await timed("tag", list("tag=team%3Dteam-3&size=100"));
  await timed(
    "eight filters",
    list("q=log&status=Complete,Failed&operation=S3PutObjectCopy&tag=team&failures=true&dryRun=false&from=2020-01-01T00:00:00Z&size=100"),
  );
  for (const sort of ["description", "percent", "creator", "connection", "duration"]) await timed(`list by ${sort}`, list(`sort=${sort}&size=100`));
  await timed("groups", () => groupJobs(ctx, { size: 100 }));
  await timed("how many need me", () => countAwaiting({ ...ctx, caller: { userId: randomUUID(), name: "bench", role: "reviewer" } }));
  await timed("facets", () => jobFacets(ctx));
  await timed("ids of 1,000", () => listJobIds(ctx, {}));
  await timed("export of all", async () => {
    for await (const piece of await exportJobs(ctx, {})) void piece;
  });
  if (!values.explain) return;
  for (const [what, sql] of [
    ["newest", Prisma.sql`SELECT j.id FROM "Job" j WHERE j."accountId" = ${ctx.accountId} ORDER BY j."createdAt" DESC, j.id LIMIT 100`],
    ["search", Prisma.sql`SELECT count(*) FROM "Job" j WHERE j."accountId" = ${ctx.accountId} AND j.description ILIKE '%one of a kind a%'`],
    ["tag", Prisma.sql`SELECT count(*) FROM "Job" j WHERE j.tags @> '[{"Key":"team","Value":"team-3"}]'::jsonb`],
  ] as const) {
    const plan = await db.$queryRaw<Record<string, string>[]>`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${sql}`;
    console.log(`${what}:\n${plan.map((line) => `  ${Object.values(line)[0]}`).join("\n")}`);
  }
}

/** What a page measures of itself: ms from a press to the next picture, and the longest that its main thread was held since. */
interface Held {
  interaction: number;
  task: number;
}

/** With the usual number of rows, and with the most. */
async function measureBrowser(url: string, person: { email: string; password: string }): Promise<void> {
  const browser = await chromium.launch({ executablePath: values.browser, args: ["--no-sandbox"] });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  await context.request.post("/api/auth/sign-in/email", { headers: { origin: url }, data: person });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const held: Held = { interaction: 0, task: 0 };
    Object.assign(window, { held });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) held.task = Math.max(held.task, entry.duration);
    }).observe({ type: "longtask" });
    const interactions = { type: "event", durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) if (entry.interactionId) held.interaction = Math.max(held.interaction, entry.duration);
    }).observe(interactions);
  });
  for (const size of [25, 100]) await measurePage(page, size);
  await browser.close();
}

async function measurePage(page: Page, size: number): Promise<void> {
  await page.goto(`/jobs?size=${size}`);
  await page
    .locator("[data-job]")
    .nth(size - 1)
    .waitFor();
  await page.waitForTimeout(1_500);
  const box = page.getByLabel("Search jobs by description or id");
  const step = (what: string, act: (round: number) => Promise<void>, before?: () => Promise<void>) => measure(page, `${what}, ${size} rows`, act, before);
  const full = async () => {
    await box.fill("");
    await page
      .locator("[data-job]")
      .nth(size - 1)
      .waitFor();
    await page.waitForTimeout(500);
    await box.focus();
  };
  await step("press j", () => page.keyboard.press("j"));
  await step("press x", () => page.keyboard.press("x"));
  await step("choose all of the page", () => page.getByLabel("Choose all jobs on this page").click());
  await page.keyboard.press("Escape");
  await step("type a letter", () => page.keyboard.type("o"), full);
  await full();
  // Another row's each time: a menu that was opened once is quicker.
  await step(
    "open a row's menu",
    (round) =>
      page
        .getByRole("button", { name: "Actions for" })
        .nth(2 + round)
        .click(),
    () => page.keyboard.press("Escape"),
  );
  await page.keyboard.press("Escape");
  await step("sort by a column", () => page.getByRole("button", { name: "Priority" }).click());
  await step("go to the next page", () => page.getByRole("button", { name: "Next page" }).click());
}

/** @param before comes before each round, and is not measured */
async function measure(page: Page, what: string, act: (round: number) => Promise<void>, before = async () => {}): Promise<void> {
  const seen: Held[] = [];
  for (let round = 0; round < rounds; round++) {
    await before();
    await page.evaluate(() => Object.assign((window as unknown as { held: Held }).held, { interaction: 0, task: 0 }));
    await act(round);
    // What is asked for is answered and drawn.
    await page.waitForTimeout(900);
    seen.push(await page.evaluate(() => (window as unknown as { held: Held }).held));
  }
  const worst = (of: keyof Held) => Math.max(...seen.map((one) => one[of]));
  const half = (of: keyof Held) => median(seen.map((one) => one[of]));
  found.push({
    what,
    "press to picture": words(half("interaction"), 16),
    "worst press": words(worst("interaction"), 16),
    "longest task": words(half("task"), 50),
    "worst task": words(worst("task"), 50),
  });
}

/** @param least what browsers tell of, ms */
function words(ms: number, least: number): string {
  return ms === 0 ? `under ${least} ms` : `${ms.toFixed(0)} ms`;
}
