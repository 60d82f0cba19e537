import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "#lib/db/client.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { deriveIdentity } from "./identity.ts";
import { seedAccessKey, seedAdmin, seedSandbox } from "./seed.ts";

const secret = "a secret for the tests, of 32 characters or more";
const identity = deriveIdentity(secret);
const [here, there] = ["http://127.0.0.1:9001", "http://127.0.0.1:9002"];
let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const start = async (endpoint: string) => {
  const before = await db.auditEntry.findMany({ select: { id: true } });
  await seedSandbox(db, database.url, endpoint, identity, secret);
  await seedAdmin(db, identity.admin);
  const key = await seedAccessKey(db, identity, secret);
  const entries = await db.auditEntry.findMany({ where: { id: { notIn: before.map(({ id }) => id) } }, orderBy: { id: "asc" } });
  return { key, entries };
};

test("what cannot be told is not made", async () => {
  await db.$executeRaw`ALTER TABLE "AuditEntry" ADD CONSTRAINT refused CHECK ("action" NOT IN ('role.create', 'access-key.create'))`;
  await expect(seedSandbox(db, database.url, here, identity, secret)).rejects.toThrow("refused");
  expect(await db.connection.count()).toBe(0);
  await seedAdmin(db, identity.admin);
  await expect(seedAccessKey(db, identity, secret)).rejects.toThrow("refused");
  expect(await db.accessKey.count()).toBe(0);
  await db.$executeRaw`ALTER TABLE "AuditEntry" DROP CONSTRAINT refused`;
  await db.user.deleteMany();
});

test("the first start tells what it makes, without a secret, and the next ones what they change, if anything", async () => {
  const { key, entries } = await start(here);
  const by = { actor: "Longshore", via: "command line", before: null };
  expect(entries).toMatchObject([
    { ...by, action: "connection.create", targetName: "Sandbox", after: { endpoint: here, secretAccessKey: "set" } },
    { ...by, action: "role.create", targetName: identity.roleArn, after: { connection: "Sandbox", secretAccessKey: "set" } },
    { ...by, action: "person.create", targetName: identity.admin.email },
    { ...by, action: "access-key.create", targetId: key?.id, after: { name: "npm start", owner: identity.admin.email } },
  ]);
  const told = JSON.stringify(entries, (_name, value) => (typeof value === "bigint" ? String(value) : value));
  for (const { secretAccessKey } of [identity.accessKey, ...Object.values(identity.sandbox)]) expect(told).not.toContain(secretAccessKey);

  expect((await start(here)).entries).toEqual([]);
  const [moved, ...others] = (await start(there)).entries;
  expect(others).toEqual([]);
  expect(moved).toMatchObject({ action: "connection.update", actor: "Longshore", via: "command line" });
  expect([moved?.before, moved?.after]).toEqual([{ endpoint: here }, { endpoint: there }]);

  await db.connection.updateMany({ data: { secretEncrypted: "of another secret" } });
  await db.executionRole.updateMany({ data: { secretEncrypted: "of another secret" } });
  expect((await start(there)).entries).toMatchObject([
    { action: "connection.update", before: null, after: { secretAccessKey: "changed" } },
    { action: "role.update", before: null, after: { secretAccessKey: "changed" } },
  ]);
});
