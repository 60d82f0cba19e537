import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { exportJobs } from "./export-jobs.ts";
import { groupJobs } from "./group-jobs.ts";
import { jobFacets } from "./job-facets.ts";
import { filtersOf } from "./job-filters.ts";
import { jobSorts } from "./job-sorts.ts";
import { listJobIds } from "./list-job-ids.ts";
import { listJobs } from "./list-jobs.ts";

const accountId = "123456789012";
let database: TestDatabase;
let db: Db;
let ctx: Context;
const roleIds: string[] = [];
const connectionIds: string[] = [];

const day = (text: string) => new Date(`2026-11-${text}T12:00:00.000Z`);

const jobs: (Partial<Prisma.JobUncheckedCreateInput> & { name: string; role?: number })[] = [
  {
    name: "a",
    description: "Weekly Log Copy Jobs",
    status: "Complete",
    operation: "S3PutObjectCopy",
    createdById: "ada",
    totalTasks: 100,
    succeededTasks: 90,
    failedTasks: 10,
    preparedAt: day("01"),
    createdAt: day("01"),
    terminatedAt: day("02"),
    activeSeconds: 50,
    priority: 3,
    tags: [
      { Key: "team", Value: "data" },
      { Key: "a=b", Value: "c" },
    ],
  },
  {
    name: "b",
    description: "Weekly Log Copy Jobs",
    status: "Active",
    operation: "S3PutObjectCopy",
    createdById: "bo",
    totalTasks: 200,
    succeededTasks: 20,
    preparedAt: day("08"),
    createdAt: day("08"),
    activeSeconds: 5,
    priority: 1,
    role: 1,
    tags: [{ Key: "team", Value: "web" }],
  },
  {
    name: "c",
    description: "weekly log copy jobs",
    status: "Failed",
    createdById: "bo",
    totalTasks: 7,
    createdAt: day("09"),
    terminatedAt: day("09"),
    priority: 2,
  },
  { name: "d", description: '=HYPERLINK("http://x"),\n"ü"', status: "Suspended", dryRun: true, createdById: "ada", createdAt: day("10"), priority: 9 },
  { name: "e", description: "", status: "Cancelled", createdAt: day("11"), terminatedAt: day("11"), preparedAt: day("11"), totalTasks: 1, priority: 5 },
  {
    name: "f",
    description: "100% of_it",
    status: "Ready",
    createdById: "ada",
    preparedAt: day("12"),
    totalTasks: 50,
    createdAt: day("12"),
    priority: 4,
    role: 1,
  },
];
const nameOf = new Map<string, string>();

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  ctx = {
    db,
    boss: createBoss(database.url),
    accountId,
    now: () => day("20"),
    caller: { userId: "ada", name: "ada@example.com", role: "viewer" },
  };
  for (const id of ["ada", "bo"]) await db.user.create({ data: { id, name: id === "ada" ? "Ada" : "Bo", email: `${id}@example.com` } });
  for (const name of ["first", "second"]) {
    const connection = { name, endpoint: "http://127.0.0.1:1", region: "r", accessKeyId: "k", secretEncrypted: "s", workBucket: "w" };
    const role = await db.executionRole.create({
      data: { arn: `arn:aws:iam::${accountId}:role/${name}`, accessKeyId: "k", secretEncrypted: "s", connection: { create: connection } },
    });
    roleIds.push(role.id);
    connectionIds.push(role.connectionId);
  }
  for (const account of [accountId, "999999999999"]) {
    for (const { name, role = 0, ...job } of jobs) {
      const made = await db.job.create({
        data: {
          accountId: account,
          operation: "S3PutObjectTagging",
          definition: {},
          definitionDigest: "x",
          priority: 0,
          confirmationRequired: false,
          clientRequestToken: randomUUID(),
          roleId: roleIds[role] ?? "",
          ...job,
        },
      });
      nameOf.set(made.id, account === accountId ? name : `not ours: ${name}`);
      if (name !== "b") continue;
      const chunk = { jobId: made.id, rows: 100, byteStart: 0, byteEnd: 1, firstRow: 1, liveSucceeded: 30, liveFailed: 2 };
      await db.chunk.createMany({
        data: [
          { ...chunk, id: randomUUID(), index: 0, status: "Running", executorId: "w/1/" },
          { ...chunk, id: randomUUID(), index: 1, status: "Done" },
        ],
      });
    }
  }
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** The list that an address asks for, by the jobs' names. */
const listed = async (search: string): Promise<string> =>
  (await listJobs(ctx, filtersOf(new URLSearchParams(search)))).jobs.map((job) => nameOf.get(job.id)).join("");

describe("the list narrows down by", () => {
  test.each([
    ["nothing, newest first", "", "fedcba"],
    ["part of a description, in any case", "q=LOG+copy", "cba"],
    ["what LIKE would take for a pattern", "q=%25+of_", "f"],
    ["a pattern that no description has as it is", "q=1_0", ""],
    ["a whole description, exactly", "description=Weekly+Log+Copy+Jobs", "ba"],
    ["no description", "description=", "e"],
    ["statuses", "status=Active,Ready", "fb"],
    ["an operation", "operation=S3PutObjectCopy", "ba"],
    ["a creator", "creator=ada", "fda"],
    ["nobody who is there any more", "creator=none", "e"],
    ["a person or nobody", "creator=bo,none", "ecb"],
    ["the first day on", "from=2026-11-09T00:00:00.000Z", "fedc"],
    ["until a moment, without it", "to=2026-11-09T12:00:00.000Z", "ba"],
    ["a moment in another zone", "from=2026-11-12T13:00:00%2B01:00", "f"],
    ["between two days", "from=2026-11-08T00:00:00Z&to=2026-11-10T00:00:00Z", "cb"],
    ["a tag's key", "tag=team", "ba"],
    ["a tag's key and value", "tag=team%3Dweb", "b"],
    ["a tag whose key has an equals sign", "tag=a%3Db", "a"],
    ["that and its value", "tag=a%3Db%3Dc", "a"],
    ["two tags at once", "tag=team&tag=a%3Db", "a"],
    ["a value that no key has", "tag=team%3Dnone", ""],
    ["failures of tasks or of the job", "failures=true", "ca"],
    ["dry runs", "dryRun=true", "d"],
    ["no dry runs", "dryRun=false", "fecba"],
    ["all of it together", "q=log&operation=S3PutObjectCopy&creator=bo&status=Active&tag=team&dryRun=false&from=2026-11-02T00:00:00Z", "b"],
  ])("%s", async (_words, search, expected) => expect(await listed(search)).toBe(expected));

  test("a role, and a connection", async () => {
    expect(await listed(`role=${roleIds[1]}`)).toBe("fb");
    expect(await listed(`connection=${connectionIds[0]}`)).toBe("edca");
    expect(await listed(`connection=${connectionIds[0]},${connectionIds[1]}&status=Ready`)).toBe("f");
  });

  test.each(["status=Nonsense", "role=x", "from=yesterday", "failures=perhaps", "sort=drop", "page=0", `tag=${"x".repeat(600)}`])("%s is refused", (search) =>
    expect(listed(search)).rejects.toThrow(/Invalid|invalid|Too/),
  );
});

describe("the list is ordered by", () => {
  test.each([
    ["description", "asc", "efdcba"],
    ["status", "asc", "beacfd"],
    ["operation", "desc", "fedcba"],
    ["dryRun", "desc", "dfecba"],
    ["priority", "desc", "defacb"],
    ["totalTasks", "desc", "bafced"],
    ["percent", "desc", "abfecd"],
    ["failedTasks", "desc", "afedcb"],
    ["createdAt", "asc", "abcdef"],
    ["terminatedAt", "desc", "ecafdb"],
    ["duration", "desc", "abfedc"],
    ["creator", "asc", "fdacbe"],
    ["role", "desc", "fbedca"],
    ["connection", "asc", "edcafb"],
  ] as const)("%s, %s", async (sort, dir, expected) => expect(await listed(`sort=${sort}&dir=${dir}`)).toBe(expected));

  test("each of its columns, page by page without repeating a job", async () => {
    for (const sort of jobSorts)
      for (const dir of ["asc", "desc"]) {
        const pages = [await listed(`sort=${sort}&dir=${dir}&size=4`), await listed(`sort=${sort}&dir=${dir}&size=4&page=2`)];
        expect([...pages.join("")].sort().join(""), `${sort} ${dir}`).toBe("abcdef");
      }
  });
});

test("a row tells role, connection, time and what runs at the moment", async () => {
  const { jobs: rows, total } = await listJobs(ctx, filtersOf(new URLSearchParams("status=Active")));
  expect(total).toBe(1);
  expect(rows).toMatchObject([
    {
      succeededTasks: 50,
      failedTasks: 2,
      activeSeconds: 5,
      role: { arn: `arn:aws:iam::${accountId}:role/second` },
      connection: { name: "second" },
      createdBy: "Bo",
    },
  ]);
});

describe("groups by description", () => {
  test("sum up what the list shows", async () => {
    const { groups, total } = await groupJobs(ctx, {});
    expect(total).toBe(5);
    expect(groups.map((group) => group.description)).toEqual([
      "100% of_it",
      "",
      '=HYPERLINK("http://x"),\n"ü"',
      "weekly log copy jobs",
      "Weekly Log Copy Jobs",
    ]);
    expect(groups.at(-1)).toEqual({
      description: "Weekly Log Copy Jobs",
      jobs: 2,
      totalTasks: 300,
      succeededTasks: 140,
      failedTasks: 12,
      lastCreatedAt: day("08").toISOString(),
      statuses: { Complete: 1, Active: 1 },
    });
    // Rows that a preparation read before it failed are no tasks.
    expect(groups.at(3)).toMatchObject({ totalTasks: 0, statuses: { Failed: 1 } });
  });

  test("are filtered, ordered and paged", async () => {
    const descriptions = async (query: Parameters<typeof groupJobs>[1]) => (await groupJobs(ctx, query)).groups.map((group) => group.description);
    expect(await descriptions({ q: "weekly", sort: "jobs", dir: "desc" })).toEqual(["Weekly Log Copy Jobs", "weekly log copy jobs"]);
    expect(await descriptions({ sort: "failedTasks", size: 1 })).toEqual(["Weekly Log Copy Jobs"]);
    expect(await descriptions({ sort: "totalTasks", dir: "asc", size: 2, page: 2 })).toEqual(["", "100% of_it"]);
    expect(await groupJobs(ctx, { size: 2, page: 9 })).toEqual({ groups: [], total: 5 });
    expect(await groupJobs(ctx, { q: "nothing has this" })).toEqual({ groups: [], total: 0 });
  });
});

test("what there is to filter by is counted", async () => {
  expect(await jobFacets(ctx)).toEqual({
    jobs: 6,
    statuses: { Active: 1, Cancelled: 1, Complete: 1, Failed: 1, Ready: 1, Suspended: 1 },
    operations: [
      { value: "S3PutObjectCopy", label: "Copy", jobs: 2 },
      { value: "S3PutObjectTagging", label: "Replace all object tags", jobs: 4 },
    ],
    creators: [
      { value: "ada", label: "Ada", jobs: 3 },
      { value: "bo", label: "Bo", jobs: 2 },
      { value: "none", label: "Nobody who is still here", jobs: 1 },
    ],
    roles: [
      { value: roleIds[0], label: `arn:aws:iam::${accountId}:role/first`, jobs: 4 },
      { value: roleIds[1], label: `arn:aws:iam::${accountId}:role/second`, jobs: 2 },
    ],
    connections: [
      { value: connectionIds[0], label: "first", jobs: 4 },
      { value: connectionIds[1], label: "second", jobs: 2 },
    ],
    tags: [
      { key: "a=b", jobs: 1, values: [{ value: "c", jobs: 1 }] },
      {
        key: "team",
        jobs: 2,
        values: [
          { value: "data", jobs: 1 },
          { value: "web", jobs: 1 },
        ],
      },
    ],
    failures: 2,
    dryRuns: 1,
  });
});

test("all that match can be chosen, in the list's order", async () => {
  const { ids } = await listJobIds(ctx, filtersOf(new URLSearchParams("creator=ada&sort=priority")));
  expect(ids.map((id) => nameOf.get(id)).join("")).toBe("dfa");
});

test("what is filtered is exported as CSV that no spreadsheet runs", async () => {
  const pieces: string[] = [];
  for await (const piece of await exportJobs(ctx, filtersOf(new URLSearchParams("creator=ada&sort=createdAt&dir=asc")))) pieces.push(piece);
  const text = pieces.join("");
  expect(text.startsWith("\uFEFFId,Status,Description,Operation,Dry run,")).toBe(true);
  const rows = parse(text, { columns: true, bom: true, record_delimiter: "\r\n" }) as Record<string, string>[];
  expect(rows.map((row) => row.Description)).toEqual(["Weekly Log Copy Jobs", `'=HYPERLINK("http://x"),\n"ü"`, "100% of_it"]);
  expect(rows[0]).toMatchObject({
    Status: "Complete",
    Objects: "100",
    Failed: "10",
    Created: "2026-11-01T12:00:00.000Z",
    "Created by": "Ada",
    "Active seconds": "50",
    Connection: "first",
    Tags: "team=data; a=b=c",
  });
});
