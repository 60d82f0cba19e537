import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../bin/testing/test-database.ts";
import { createBoss } from "../../db/boss.ts";
import { createDb, type Db } from "../../db/client.ts";
import type { Context } from "../../jobs/context.ts";
import { createPerson } from "../create-person.ts";
import type { PersonRole } from "../permissions.ts";
import type { NewAccessKey } from "./access-key-views.ts";
import { authenticateRequest } from "./authenticate-request.ts";
import { createAccessKey } from "./create-access-key.ts";
import { listAccessKeys } from "./list-access-keys.ts";
import { recordRefused } from "./record-refused.ts";
import { revokeAccessKey } from "./revoke-access-key.ts";
import { type Keys, presignRequest, type RequestToSign, signRequest, type WireRequest } from "./testing/sign-request.ts";

const start = new Date("2026-03-04T05:06:07Z");
const accountId = "123456789012";
let now = start;
let database: TestDatabase;
let db: Db;
let people = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("LONGSHORE_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", accountId);
  db = createDb(database.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await db.$disconnect();
  await database.drop();
});

/** A new person, as the caller of verbs. */
async function person(role: PersonRole = "operator"): Promise<Context> {
  const email = `person-${++people}@example.com`;
  const { userId } = await createPerson(db, { email, password: "a password of theirs", name: `Person ${people}`, role });
  return { db, boss: createBoss(database.url), caller: { userId, name: email, role }, accountId, now: () => now };
}

async function authenticate({ body, ...request }: WireRequest) {
  const { demandBody, ...who } = await authenticateRequest({ db, now: () => now, accountId }, request);
  demandBody(body);
  return who;
}
const keysOf = ({ id, secretAccessKey }: NewAccessKey): Keys => ({ accessKeyId: id, secretAccessKey });
const list: RequestToSign = { method: "GET", path: "/v20180820/jobs", query: { jobStatuses: ["Active", "Complete"] } };
const create: RequestToSign = { method: "POST", path: "/v20180820/jobs", body: "<CreateJobRequest/>" };

describe("keys", () => {
  test("are told once, stored encrypted, and listed without their secret", async () => {
    const ctx = await person();
    const made = await createAccessKey(ctx, { name: " backup script " });
    expect(made).toMatchObject({ name: "backup script", own: true, owner: { email: ctx.caller.name }, lastUsedAt: null, revokedAt: null });
    expect(made.id).toMatch(/^LSIA[A-Z2-7]{16}$/);
    expect(made.secretAccessKey).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(JSON.stringify(await listAccessKeys(ctx))).not.toContain("ecret");
    const stored = await db.accessKey.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(stored)).not.toContain(made.secretAccessKey);
  });

  test("need a name", async () => {
    const ctx = await person();
    await expect(createAccessKey(ctx, { name: "  " })).rejects.toThrow("Enter a name");
    await expect(createAccessKey(ctx, { name: "x".repeat(65) })).rejects.toThrow("at most 64");
    await expect(createAccessKey(ctx, { name: "x", role: "admin" })).rejects.toThrow("role");
    await expect(createAccessKey({ ...ctx, caller: { ...ctx.caller, userId: null } }, { name: "x" })).rejects.toMatchObject({ code: "Forbidden" });
  });

  test("are limited to five active ones, however many are asked for at once", async () => {
    const ctx = await person();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => createAccessKey(ctx, { name: `key ${index}` })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(tries.filter(({ status }) => status === "rejected")).toEqual(
      Array(3).fill(expect.objectContaining({ reason: expect.objectContaining({ code: "Conflict", message: expect.stringContaining("no more than 5") }) })),
    );
    const [first] = await listAccessKeys(ctx);
    await revokeAccessKey(ctx, first?.id ?? "");
    await expect(createAccessKey(ctx, { name: "one more" })).resolves.toMatchObject({ name: "one more" });
  });

  test("are their owner's, and admins'", async () => {
    const [owner, other, admin] = [await person(), await person("reviewer"), await person("admin")];
    const { id } = await createAccessKey(owner, { name: "mine" });
    expect((await listAccessKeys(other)).map((key) => key.id)).not.toContain(id);
    expect(await listAccessKeys(admin)).toContainEqual(
      expect.objectContaining({ id, own: false, owner: expect.objectContaining({ email: owner.caller.name }) }),
    );
    await expect(revokeAccessKey(other, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(revokeAccessKey(owner, `${id}\0`)).rejects.toMatchObject({ code: "NotFound" });
    await revokeAccessKey(admin, id);
    await revokeAccessKey(owner, id);
    expect((await listAccessKeys(owner)).map((key) => [key.id, key.revokedAt])).toEqual([[id, start.toISOString()]]);
    expect((await db.accessKey.findUniqueOrThrow({ where: { id } })).secretEncrypted).toBe("");
  });

  test("are forgotten 90 days after their revocation", async () => {
    const ctx = await person();
    const { id } = await createAccessKey(ctx, { name: "old" });
    await revokeAccessKey(ctx, id);
    const listedAfter = (days: number) => listAccessKeys({ ...ctx, now: () => new Date(start.getTime() + days * 86_400_000) });
    expect(await listedAfter(89)).toHaveLength(1);
    expect(await listedAfter(90)).toHaveLength(0);
  });
});

describe("a signed request", () => {
  test.each([signRequest, presignRequest])("has its owner's rights of the moment (%o)", async (sign) => {
    const ctx = await person("operator");
    const keys = keysOf(await createAccessKey(ctx, { name: "rights" }));
    const signed = sign === signRequest ? await signRequest(keys, list, now, "snow") : await presignRequest(keys, list, now, 60, "snow");
    expect(await authenticate(signed)).toEqual({ caller: ctx.caller, accessKeyId: keys.accessKeyId, region: "snow" });
    await db.user.update({ where: { id: ctx.caller.userId ?? "" }, data: { role: "viewer" } });
    expect((await authenticate(signed)).caller.role).toBe("viewer");
    const disable = (disabledAt: Date | null) => db.user.update({ where: { id: ctx.caller.userId ?? "" }, data: { disabledAt } });
    await disable(now);
    await expect(authenticate(signed)).rejects.toMatchObject({ code: "InvalidAccessKeyId", httpStatus: 403 });
    await disable(null);
    expect((await authenticate(signed)).caller.role).toBe("viewer");
    await db.user.delete({ where: { id: ctx.caller.userId ?? "" } });
    await expect(authenticate(signed)).rejects.toMatchObject({ code: "InvalidAccessKeyId", httpStatus: 403 });
  });

  test("is refused in AWS's words", async () => {
    const ctx = await person();
    const made = await createAccessKey(ctx, { name: "refusals" });
    const keys = keysOf(made);
    const refusal = (request: WireRequest) =>
      authenticate(request).then(
        () => "accepted",
        (error: { code: string; httpStatus: number }) => `${error.httpStatus} ${error.code}`,
      );
    const signed = await signRequest(keys, create, now);
    expect(await refusal(signed)).toBe("accepted");
    expect(await refusal({ ...signed, body: Buffer.from("<another/>") })).toBe("400 XAmzContentSHA256Mismatch");
    expect(await refusal({ ...signed, headers: { host: "h" } })).toBe("403 AccessDenied");
    expect(await refusal(await signRequest({ ...keys, secretAccessKey: "wrong" }, create, now))).toBe("403 SignatureDoesNotMatch");
    for (const accessKeyId of ["AKIAIOSFODNN7EXAMPLE", "x\u00ffy", "' OR 1=1 --", "x".repeat(5000)])
      expect(await refusal(await signRequest({ ...keys, accessKeyId }, create, now))).toBe("403 InvalidAccessKeyId");
    expect(await refusal(await presignRequest({ ...keys, accessKeyId: "\0" }, list, now, 60))).toBe("403 InvalidAccessKeyId");
    expect(await refusal(await signRequest(keys, { ...create, headers: { "x-amz-account-id": "999999999999" } }, now))).toBe("403 AccessDenied");
    expect(await refusal(await presignRequest(keys, { ...list, headers: { "x-amz-account-id": "999999999999" } }, now, 60))).toBe("403 AccessDenied");
    expect(await refusal(await signRequest({ ...keys, sessionToken: "left over" }, create, now))).toBe("400 InvalidToken");
    expect(await refusal(await signRequest(keys, create, new Date(now.getTime() - 16 * 60_000)))).toBe("403 RequestTimeTooSkewed");
    await revokeAccessKey(ctx, made.id);
    expect(await refusal(signed)).toBe("403 InvalidAccessKeyId");
  });

  test("is told of where its key exists and is refused, and the owner is not said to have sent it", async () => {
    const ctx = await person();
    const made = await createAccessKey(ctx, { name: "refused" });
    const signed = await signRequest(keysOf(made), list, now);
    const told: string[] = [];
    const source = { via: "S3 Control", ip: "203.0.113.7", userAgent: null, accessKeyId: null, requestId: "R1" } as const;
    const written: Promise<void>[] = [];
    const ask = (request: WireRequest) =>
      authenticateRequest(
        {
          db,
          accountId,
          now: () => now,
          refused: (key, why) => {
            told.push(why);
            written.push(recordRefused({ db, now: () => now }, source, key, why));
          },
        },
        request,
      ).catch(() => undefined);
    await ask(signed);
    await ask(await signRequest({ ...keysOf(made), accessKeyId: "LSIAAAAAAAAAAAAAAAAA" }, list, now));
    expect(told).toEqual([]);
    await ask(await signRequest({ ...keysOf(made), secretAccessKey: "wrong" }, list, now));
    await db.user.update({ where: { id: ctx.caller.userId ?? "" }, data: { disabledAt: now } });
    await ask(signed);
    await revokeAccessKey(ctx, made.id);
    await ask(signed);
    await Promise.all(written);
    expect(told).toEqual([expect.stringContaining("another secret"), expect.stringContaining("disabled"), "The key is revoked."]);
    const entries = await db.auditEntry.findMany({ where: { action: "access-key.refused", targetId: made.id }, orderBy: { id: "asc" } });
    expect(entries.map(({ detail }) => detail).sort()).toEqual(told.map((why) => `${why} The key is ${ctx.caller.name}’s.`).sort());
    expect(entries[0]).toMatchObject({ actor: "Somebody", actorId: null, targetName: "refused", ip: "203.0.113.7", requestId: "R1" });
  });

  test("is noted as the key's last use, once a minute, and only when it was genuine", async () => {
    const ctx = await person();
    const made = await createAccessKey(ctx, { name: "uses" });
    const lastUse = async () => (await db.accessKey.findUniqueOrThrow({ where: { id: made.id } })).lastUsedAt;
    await expect(authenticate(await signRequest({ ...keysOf(made), secretAccessKey: "wrong" }, list, now))).rejects.toThrow();
    expect(await lastUse()).toBeNull();
    const signed = await signRequest(keysOf(made), list, now);
    const at = async (seconds: number) => {
      now = new Date(start.getTime() + seconds * 1000);
      await authenticate(signed);
      now = start;
      return lastUse();
    };
    expect(await at(0)).toEqual(start);
    expect(await at(59)).toEqual(start);
    expect(await at(60)).toEqual(new Date(start.getTime() + 60_000));
    expect(await at(30)).toEqual(new Date(start.getTime() + 60_000));
  });

  test("is served even if its use cannot be noted", async () => {
    const ctx = await person();
    const signed = await signRequest(keysOf(await createAccessKey(ctx, { name: "unnoted" })), list, now);
    const failing = {
      user: db.user,
      accessKey: { findUnique: db.accessKey.findUnique.bind(db.accessKey), updateMany: () => Promise.reject(new Error("read only")) },
    } as unknown as Db;
    await expect(authenticateRequest({ db: failing, now: () => now, accountId }, signed)).resolves.toMatchObject({ caller: ctx.caller });
  });
});
