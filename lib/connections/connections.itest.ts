import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { authority, server as tlsServer } from "../../bin/testing/test-certificates.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { open } from "../auth/secret-box.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db, type Tx } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import { createStepQueues } from "../jobs/queues.ts";
import { maxConnections, maxRoles } from "../limits.ts";
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
  const boss = createBoss(database.url);
  await boss.start();
  await createStepQueues(boss);
  ctx = {
    db,
    boss,
    caller: { userId: null, name: "admin@example.com", role: "admin" },
    accountId: "123456789012",
    now: () => new Date(),
  };
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await ctx.boss.stop({ graceful: false });
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

  test("and roles are so many, and no more", async () => {
    const before = { connections: await db.connection.count(), roles: await db.executionRole.count() };
    const keys = { accessKeyId: "k", secretEncrypted: "s" };
    const { secretAccessKey: _, ...plain } = values("");
    const many = Array.from({ length: maxConnections - before.connections }, (_, index) => ({ ...plain, ...keys, name: `many ${index}` }));
    await db.connection.createMany({ data: many });
    await expect(createConnection(ctx, values("one too many"))).rejects.toMatchObject({
      code: "Conflict",
      message: expect.stringContaining("no more than 500"),
    });
    const { id: connectionId } = await db.connection.findFirstOrThrow({ where: { name: "many 0" } });
    const data = Array.from({ length: maxRoles - before.roles }, (_, index) => ({
      arn: `arn:aws:iam::123456789012:role/many-${index}`,
      connectionId,
      ...keys,
    }));
    await db.executionRole.createMany({ data });
    await expect(createRole(ctx, role(connectionId, "more"))).rejects.toMatchObject({
      code: "Conflict",
      message: expect.stringContaining("no more than 2,000"),
    });
    await db.executionRole.deleteMany({ where: { connectionId } });
    await db.connection.deleteMany({ where: { name: { startsWith: "many " } } });
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

  test("have limits and certificates, which stay unless they are given", async () => {
    const advanced = { maxInFlight: 200, maxRequestsPerSecond: 1_500, caCertificate: `the store's own:\r\n${authority}` };
    const { id, ...made } = await createConnection(ctx, { ...values("limited"), ...advanced });
    expect(made).toMatchObject({
      limits: { maxInFlight: 200, maxRequestsPerSecond: 1_500 },
      caCertificate: authority,
      certificates: [{ name: "Test authority", expiresAt: expect.stringMatching(/^2126-/) }],
    });
    expect(await updateConnection(ctx, id, values("limited"))).toMatchObject({ ...made, roles: 0 });
    expect(await updateConnection(ctx, id, { ...values("limited"), caCertificate: "", maxInFlight: null })).toMatchObject({
      limits: { maxInFlight: null, maxRequestsPerSecond: 1_500 },
      caCertificate: null,
      certificates: [],
    });
  });

  test("may have a place for Lambda functions, which is looked at like the endpoint", async () => {
    const lambdaEndpoint = "http://127.0.0.1:9000/";
    const { id, ...made } = await createConnection(ctx, { ...values("lambda"), lambdaEndpoint });
    expect(made.lambdaEndpoint).toBe("http://127.0.0.1:9000");
    expect(await updateConnection(ctx, id, values("lambda"))).toMatchObject({ lambdaEndpoint: made.lambdaEndpoint });
    for (const wrong of ["http://169.254.169.254", "lambda.example.com", "http://100.100.100.200"])
      await expect(updateConnection(ctx, id, { ...values("lambda"), lambdaEndpoint: wrong })).rejects.toMatchObject({
        issues: [{ path: expect.toBeOneOf(["lambdaEndpoint", ["lambdaEndpoint"]]) }],
      });
    expect(await updateConnection(ctx, id, { ...values("lambda"), lambdaEndpoint: "" })).toMatchObject({ lambdaEndpoint: null });
  });

  test("trust no certificate that is none, has expired, or comes with a key", async () => {
    const refused = (caCertificate: string) => createConnection(ctx, { ...values("mistrusted"), caCertificate });
    await expect(refused(authority.replace("MII", "MIJ"))).rejects.toMatchObject({ code: "InvalidRequest", issues: [{ path: "caCertificate" }] });
    await expect(refused(authority + tlsServer.key)).rejects.toThrow(/private key/);
    const later: Context = { ...ctx, now: () => new Date("2200-01-01") };
    await expect(createConnection(later, { ...values("mistrusted"), caCertificate: authority })).rejects.toThrow(/Test authority.+expired on 2126-/);
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
    // No job that there is invokes a function: there was no place to.
    await updateConnection(ctx, id, { ...values("busy"), lambdaEndpoint: "http://127.0.0.1:9002" });
    await expect(updateConnection(ctx, id, { ...values("busy"), lambdaEndpoint: "http://127.0.0.1:9003" })).rejects.toMatchObject({ code: "Conflict" });
    await expect(updateConnection(ctx, id, { ...values("busy"), secretAccessKey: "rotated" })).resolves.toMatchObject({ id });
    await db.job.update({ where: { id: job.id }, data: { status: "Complete" } });
    await expect(updateRole(ctx, made.id, { ...role(id, "renamed"), secretAccessKey: "" })).resolves.toMatchObject({ arn: expect.stringContaining("renamed") });
    await expect(deleteRole(ctx, made.id)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("1 job") });
  });

  test("keep the secret that somebody else has given a role meanwhile", async () => {
    const { id } = await createConnection(ctx, values("two at once"));
    const made = await createRole(ctx, role(id, "two-at-once"));
    const held = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const hold = async (tx: Tx) => {
      await tx.executionRole.update({ where: { id: made.id }, data: { secretEncrypted: "the newer one" } });
      locked.resolve();
      await held.promise;
    };
    // Longer than what is waited for below.
    const other = db.$transaction(hold, { timeout: 40_000 });
    await locked.promise;
    const update = updateRole(ctx, made.id, { ...role(id, "two-at-once"), secretAccessKey: "" });
    await expect
      .poll(async () => (await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).length)
      .toBeGreaterThan(0);
    held.resolve();
    await Promise.all([other, update]);
    expect(await db.executionRole.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({ secretEncrypted: "the newer one" });
  });
});

describe("testConnection", () => {
  test("says that nothing listens, and stops there", async () => {
    const port = await closedPort();
    const findings = await testConnection(ctx, { ...values("x"), endpoint: `http://127.0.0.1:${port}` });
    expect(findings).toEqual([{ check: "endpoint", ok: "error", message: expect.stringContaining("Nothing listens") }]);
  });

  test("trusts a private authority once its certificate is pasted, among others too", async () => {
    // A server that is no S3: only whether it is trusted counts here.
    const store = createTlsServer(tlsServer, (_request, response) => response.writeHead(403).end()).listen(0, "127.0.0.1");
    await new Promise((resolve) => store.once("listening", resolve));
    const address = store.address();
    const endpoint = `https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    try {
      const [untrusted] = await testConnection(ctx, { ...values("x"), endpoint });
      expect(untrusted).toMatchObject({ check: "endpoint", ok: "error", message: expect.stringContaining("under Advanced") });
      const trusted = await testConnection(ctx, { ...values("x"), endpoint, caCertificate: tlsServer.cert + authority });
      // Both ways that a test connects: the bare request, and the client that the console works with.
      for (const finding of [
        { check: "endpoint", ok: "ok" },
        { check: "credentials", ok: "warning" },
      ])
        expect(trusted).toContainEqual(expect.objectContaining(finding));
    } finally {
      await new Promise((resolve) => store.close(resolve));
    }
  });

  test("refuses the machine's own credentials service", async () => {
    await expect(testConnection(ctx, { ...values("x"), endpoint: "http://169.254.169.254" })).rejects.toThrow(/link-local or metadata address/);
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
