import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import { log } from "../log.ts";
import { reseal, sealedColumns } from "./reseal.ts";
import { resealAtStart } from "./reseal-at-start.ts";
import { open, seal, sealPrefix } from "./secret-box.ts";

const former = "the former secret, of at least thirty-two characters";
const present = "the present secret, of at least thirty-two characters";
const lost = "a secret that nobody knows any more, long enough";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});

/** As it was sealed before keys had names. */
function sealedBefore(text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(hkdfSync("sha256", former, "longshore", "secret-box v1", 32)), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

const connections = 7;
async function fill(): Promise<void> {
  await db.executionRole.deleteMany();
  await db.connection.deleteMany();
  await db.user.deleteMany();
  for (let index = 0; index < connections; index += 1) {
    const own = index % 2 === 0 ? seal(`connection ${index}`, former) : sealedBefore(`connection ${index}`);
    const at = { name: `c${index}`, endpoint: "http://127.0.0.1:1", region: "us-east-1", accessKeyId: "A", workBucket: "w" };
    const assumed = { accessKeyId: "", secretEncrypted: "", assumedRoleArn: "arn:aws:iam::1:role/r", stsAccessKeyId: "S" };
    await db.connection.create({
      data: {
        ...at,
        secretEncrypted: own,
        roles: {
          create: [
            { arn: `arn:own:${index}`, accessKeyId: "R", secretEncrypted: seal(`role ${index}`, former) },
            { arn: `arn:assumed:${index}`, ...assumed, stsSecretEncrypted: seal(`sts ${index}`, former) },
          ],
        },
      },
    });
  }
  const user = await db.user.create({ data: { id: "u", email: "u@example.com", name: "U" } });
  await db.accessKey.create({ data: { id: "LSIAONE", name: "k", userId: user.id, secretEncrypted: seal("access key", former) } });
}

/** Every stored secret, opened by these secrets alone. */
async function all(secrets: string | string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const { secretEncrypted } of await db.connection.findMany()) texts.push(open(secretEncrypted, secrets));
  for (const role of await db.executionRole.findMany()) {
    if (role.secretEncrypted !== "") texts.push(open(role.secretEncrypted, secrets));
    if (role.stsSecretEncrypted !== null) texts.push(open(role.stsSecretEncrypted, secrets));
  }
  for (const { secretEncrypted } of await db.accessKey.findMany()) texts.push(open(secretEncrypted, secrets));
  return texts.sort();
}

/** The database of a process that is killed at its `n`th write: each is committed by itself, so nothing else is lost. */
const killedAt = (n: number): Db => {
  let writes = 0;
  return new Proxy(db, {
    get(target, name) {
      if (name !== "$executeRaw") return Reflect.get(target, name);
      return (...query: Parameters<Db["$executeRaw"]>) => {
        writes += 1;
        if (writes === n) throw new Error("killed");
        return target.$executeRaw(...query);
      };
    },
  });
};

test("every secret is sealed anew, whoever dies of it when, and can be read all the while", async () => {
  await fill();
  const before = await all(former);
  expect(before).toHaveLength(connections * 3 + 1);
  const changed = await db.connection.findMany({ select: { id: true, updatedAt: true }, orderBy: { id: "asc" } });
  for (const n of [1, 4, 9]) {
    await expect(reseal(killedAt(n), [present, former], { size: 2 })).rejects.toThrow("killed");
    expect(await all([present, former])).toEqual(before);
  }
  // 0 + 3 + 8 of them were written by those that died.
  expect(await reseal(db, [present, former], { size: 2 })).toEqual({ resealed: before.length - 11, unreadable: [] });
  expect(await all(present)).toEqual(before);
  expect(await reseal(db, [present, former], { size: 2 })).toEqual({ resealed: 0, unreadable: [] });
  // Jobs must not take a secret that is sealed anew for another one.
  expect(await db.connection.findMany({ select: { id: true, updatedAt: true }, orderBy: { id: "asc" } })).toEqual(changed);
});

test("several consoles at once seal each of them once", async () => {
  await fill();
  const before = await all(former);
  const done = await Promise.all(Array.from({ length: 4 }, () => reseal(db, [present, former], { size: 3 })));
  expect(done.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(before.length);
  expect(await all(present)).toEqual(before);
});

test("a secret that is entered meanwhile is not written over", async () => {
  await fill();
  const { id } = await db.connection.findFirstOrThrow({ orderBy: { id: "asc" } });
  const entering = new Proxy(db, {
    get(target, name) {
      if (name !== "$executeRaw") return Reflect.get(target, name);
      return async (...query: Parameters<Db["$executeRaw"]>) => {
        await target.connection.update({ where: { id }, data: { secretEncrypted: seal("entered", present) } });
        return target.$executeRaw(...query);
      };
    },
  });
  await reseal(entering, [present, former]);
  expect(open((await db.connection.findUniqueOrThrow({ where: { id } })).secretEncrypted, present)).toBe("entered");
});

test("what nobody can read is named and left, and the former secret is not said to be needless", async () => {
  await fill();
  const { id } = await db.connection.findFirstOrThrow();
  await db.connection.update({ where: { id }, data: { secretEncrypted: seal("x", lost) } });
  vi.stubEnv("LONGSHORE_SECRET", present);
  vi.stubEnv("LONGSHORE_SECRET_PREVIOUS", former);
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  vi.stubEnv("DATABASE_URL", database.url);
  const [warn, info] = [vi.spyOn(log, "warn"), vi.spyOn(log, "info")];
  await resealAtStart(db);
  expect(warn).toHaveBeenCalledWith({ unreadable: [{ table: "Connection", id }] }, expect.stringContaining("LONGSHORE_SECRET_PREVIOUS"));
  expect(info).not.toHaveBeenCalled();
  await db.connection.update({ where: { id }, data: { secretEncrypted: seal("x", former) } });
  await resealAtStart(db);
  expect(info).toHaveBeenCalledWith({ resealed: 1 }, expect.stringContaining("can be removed"));
  // A start that finds nothing to do says nothing of it there.
  await resealAtStart(db);
  expect(await db.auditEntry.count({ where: { action: "secret.rotate", actor: "Longshore", targetType: "installation" } })).toBe(2);
});

test("all columns that hold sealed secrets are known", async () => {
  const found = await db.$queryRaw<{ table_name: string; column_name: string }[]>`
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name ILIKE '%encrypted%'`;
  const names = found.map(({ table_name, column_name }) => `${table_name}.${column_name}`).sort();
  expect(names).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort());
  expect(sealPrefix(present)).not.toBe(sealPrefix(former));
});
