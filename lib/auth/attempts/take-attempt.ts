import { createHash } from "node:crypto";
import type { Tx } from "../../db/client.ts";

export interface AttemptLimit {
  /** What is counted: a part of the key. */
  name: string;
  max: number;
  /** It begins with the first attempt, and nothing that is tried in it makes it longer. */
  windowMs: number;
}

const minute = 60_000;

/** Why these, and why these numbers: docs/decisions/0034-people.md */
export const limits = {
  /** Guesses at one person's password from one address. */
  pair: { name: "pair", max: 10, windowMs: 10 * minute },
  /** Guesses from one address, whoever's password they are at. */
  address: { name: "address", max: 50, windowMs: 5 * minute },
  /** Guesses at one person's password from anywhere: more than one address may make. */
  person: { name: "person", max: 100, windowMs: 60 * minute },
  /** Guesses at one person's password from a browser that this person has signed in with before. */
  device: { name: "device", max: 10, windowMs: 10 * minute },
  /** Sessions that one person begins. */
  session: { name: "session", max: 200, windowMs: 60 * minute },
  /** Links that somebody tries. */
  link: { name: "link", max: 30, windowMs: 5 * minute },
  /** The present password, asked before another one is chosen. */
  presentPassword: { name: "present password", max: 10, windowMs: 10 * minute },
} as const satisfies Record<string, AttemptLimit>;

type Table = Pick<Tx, "$queryRaw" | "$executeRaw">;

/**
 * Counts an attempt before it is known how it ends: many at once must not all find the count at zero. All consoles count together.
 * @param of whom it is about; kept as a hash, since strangers type it
 * @returns seconds to wait; 0 when the attempt may be made
 */
export async function takeAttempt(db: Table, { name, max, windowMs }: AttemptLimit, of: readonly string[], now: Date): Promise<number> {
  const endsAt = new Date(now.getTime() + windowMs);
  const [row] = await db.$queryRaw<{ count: number; endsAt: Date }[]>`
    INSERT INTO "Attempt" AS a ("key", "count", "endsAt") VALUES (${keyOf(name, of)}, 1, ${endsAt})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN a."endsAt" <= ${now} THEN 1 ELSE LEAST(a."count" + 1, 1000000) END,
      "endsAt" = CASE WHEN a."endsAt" <= ${now} THEN ${endsAt} ELSE a."endsAt" END
    RETURNING "count", "endsAt"`;
  if (!row || row.count <= max) {
    // Whoever tries ever new names leaves rows behind; each attempt that begins a window takes some away.
    if (row?.count === 1) await forgetSome(db, now);
    return 0;
  }
  return Math.max(1, Math.ceil((row.endsAt.getTime() - now.getTime()) / 1000));
}

/** An attempt that turned out to be right counts for nothing. */
export async function giveBack(db: Table, { name }: AttemptLimit, of: readonly string[]): Promise<void> {
  await db.$executeRaw`UPDATE "Attempt" SET "count" = GREATEST("count" - 1, 0) WHERE "key" = ${keyOf(name, of)}`;
}

/** Whoever knows the password has made no guesses. */
export async function forgetAttempts(db: Table, { name }: AttemptLimit, of: readonly string[]): Promise<void> {
  await db.$executeRaw`DELETE FROM "Attempt" WHERE "key" = ${keyOf(name, of)}`;
}

async function forgetSome(db: Table, now: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "Attempt" WHERE "key" IN (SELECT "key" FROM "Attempt" WHERE "endsAt" <= ${now} ORDER BY "endsAt" LIMIT 10 FOR UPDATE SKIP LOCKED)`;
}

const keyOf = (name: string, of: readonly string[]): string =>
  createHash("sha256")
    .update(JSON.stringify([name, ...of]))
    .digest("hex");
