import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { open } from "../auth/secret-box.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import { createConnection } from "./create-connection.ts";
import { createRole } from "./create-role.ts";
import { deleteConnection } from "./delete-connection.ts";
import { deleteRole } from "./delete-role.ts";
import { listConnections } from "./list-connections.ts";
import { listRoles } from "./list-roles.ts";
import { testConnection } from "./test-connection.ts";
import { updateConnection } from "./update-connection.ts";
import { updateRole } from "./update-role.ts";

const secret = "a secret of at least thirty-two characters";
let database: TestDatabase;
let db: Db;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("LONGSHORE_SECRET", secret);
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  db = createDb(database.url);
  // The verbs of this folder send nothing to the queue, so it is not started.
  ctx = {
    db,
    boss: createBoss(database.url),
    caller: { userId: null, name: "admin@example.com", role: "admin" },
    accountId: "123456789012",
    now: () => new Date(),
  };
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await db.$disconnect();
  await database.drop();
});

const values = (name: string) => ({
  name,
  endpoint: "http://127.0.0.1:9000/",
  region: "us-east-1",
  addressing: "path" as const,
  accessKeyId: "AKIA1",
  secretAccessKey: "very-secret",
  workBucket: "work",
  workPrefix: ".longshore",
});
const role = (connectionId: string, name: string) => ({
  arn: `arn:aws:iam::123456789012:role/${name}`,
  connectionId,
  accessKeyId: "AKIA2",
  secretAccessKey: "role-secret",
});

describe("connections", () => {
  test("are created, listed without their secret, and stored encrypted", async () => {
    const created = await createConnection(ctx, values("one"));
    expect(created).toMatchObject({ name: "one", endpoint: "http://127.0.0.1:9000", workPrefix: ".longshore/", roles: 0 });
    expect(JSON.stringify(await listConnections(ctx))).not.toMatch(/secret/i);
    const stored = await db.connection.findUniqueOrThrow({ where: { id: created.id } });
    expect(stored.secretEncrypted).not.toContain("very-secret");
    expect(open(stored.secretEncrypted, secret)).toBe("very-secret");
  });

  test("have names of their own", async () => {
    await createConnection(ctx, values("twice"));
    await expect(createConnection(ctx, values("twice"))).rejects.toMatchObject({ code: "Conflict", issues: [{ path: "name" }] });
  });

  test("keep their secret when none is entered, but not for another key", async () => {
    const { id } = await createConnection(ctx, values("kept"));
    await updateConnection(ctx, id, { ...values("kept"), region: "eu-west-1", secretAccessKey: "" });
    const stored = await db.connection.findUniqueOrThrow({ where: { id } });
    expect([stored.region, open(stored.secretEncrypted, secret)]).toEqual(["eu-west-1", "very-secret"]);
    await expect(updateConnection(ctx, id, { ...values("kept"), accessKeyId: "AKIA9", secretAccessKey: "" })).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "secretAccessKey" }],
    });
  });

  test("that roles use cannot be deleted", async () => {
    const { id } = await createConnection(ctx, values("used"));
    const made = await createRole(ctx, role(id, "user"));
    await expect(deleteConnection(ctx, id)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("1 execution role") });
    await deleteRole(ctx, made.id);
    await deleteConnection(ctx, id);
    await expect(deleteConnection(ctx, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(deleteConnection(ctx, "no-uuid")).rejects.toMatchObject({ code: "NotFound" });
  });

  test("are for admins to change and for everybody to see", async () => {
    const viewer: Context = { ...ctx, caller: { userId: null, name: "v", role: "reviewer" } };
    await expect(listConnections(viewer)).resolves.toBeInstanceOf(Array);
    await expect(createConnection(viewer, values("no"))).rejects.toMatchObject({ code: "Forbidden" });
    await expect(testConnection(viewer, values("no"))).rejects.toMatchObject({ code: "Forbidden" });
    await expect(deleteRole(viewer, "x")).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("roles", () => {
  test("belong to this account and have an ARN of their own", async () => {
    const { id } = await createConnection(ctx, values("for roles"));
    await createRole(ctx, role(id, "a"));
    expect(JSON.stringify(await listRoles(ctx))).not.toContain("role-secret");
    await expect(createRole(ctx, role(id, "a"))).rejects.toMatchObject({ code: "Conflict", issues: [{ path: "arn" }] });
    await expect(createRole(ctx, { ...role(id, "b"), arn: "arn:aws:iam::999999999999:role/b" })).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "arn" }],
    });
    await expect(createRole(ctx, role("1b671a64-40d5-491e-99b0-da01ff1f3341", "c"))).rejects.toMatchObject({ code: "Conflict" });
  });

  test("and connections do not move under jobs that have not ended, but take new keys", async () => {
    const { id } = await createConnection(ctx, values("busy"));
    const made = await createRole(ctx, role(id, "busy"));
    const job = await db.job.create({
      data: {
        accountId: ctx.accountId,
        operation: "S3PutObjectTagging",
        definition: {},
        definitionDigest: "x",
        priority: 1,
        confirmationRequired: true,
        clientRequestToken: "t",
        roleId: made.id,
      },
    });
    await expect(updateConnection(ctx, id, { ...values("busy"), endpoint: "http://127.0.0.1:9001" })).rejects.toMatchObject({ code: "Conflict" });
    await expect(updateRole(ctx, made.id, { ...role(id, "renamed"), secretAccessKey: "" })).rejects.toMatchObject({ code: "Conflict" });
    await expect(updateConnection(ctx, id, { ...values("busy"), secretAccessKey: "rotated" })).resolves.toMatchObject({ id });
    await db.job.update({ where: { id: job.id }, data: { status: "Complete" } });
    await expect(updateRole(ctx, made.id, { ...role(id, "renamed"), secretAccessKey: "" })).resolves.toMatchObject({ arn: expect.stringContaining("renamed") });
    await expect(deleteRole(ctx, made.id)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("1 job") });
  });
});

describe("testConnection", () => {
  test("says that nothing listens, and stops there", async () => {
    const port = await closedPort();
    const findings = await testConnection(ctx, { ...values("x"), endpoint: `http://127.0.0.1:${port}` });
    expect(findings).toEqual([{ check: "endpoint", ok: "error", message: expect.stringContaining("Nothing listens") }]);
  });

  test("refuses the machine's own credentials service", async () => {
    await expect(testConnection(ctx, { ...values("x"), endpoint: "http://169.254.169.254" })).rejects.toThrow(/Link-local/);
  });

  test("needs a secret, entered or stored", async () => {
    await expect(testConnection(ctx, { ...values("x"), secretAccessKey: "" })).rejects.toMatchObject({ issues: [{ path: "secretAccessKey" }] });
  });
});

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server: Server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
