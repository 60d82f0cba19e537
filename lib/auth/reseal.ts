import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { open, seal, sealPrefix } from "./secret-box.ts";

/** Where sealed secrets are. */
export const sealedColumns = [
  { table: "Connection", column: "secretEncrypted" },
  { table: "ExecutionRole", column: "secretEncrypted" },
  { table: "ExecutionRole", column: "stsSecretEncrypted" },
  { table: "AccessKey", column: "secretEncrypted" },
] as const;

export interface Resealed {
  /** Under the present key now. */
  resealed: number;
  /** None of the secrets opens them. */
  unreadable: { table: string; id: string }[];
}

interface Row {
  id: string;
  sealed: string;
}

const batch = 100;

/**
 * Seals anew, under the first of `secrets`, what is sealed under another. Each secret is written by itself and only where
 * it is still what was read: whoever is killed goes on where it was, and several at once do no harm. When a row was last
 * changed is left as it is, since its secret was not.
 * @param begins called once, before the first write
 */
export async function reseal(
  db: Db,
  secrets: readonly [string, ...string[]],
  { size = batch, begins = async () => undefined }: { size?: number; begins?: () => Promise<unknown> } = {},
): Promise<Resealed> {
  let begun = false;
  const done: Resealed = { resealed: 0, unreadable: [] };
  const prefix = sealPrefix(secrets[0]);
  for (const { table, column } of sealedColumns) {
    const [from, name] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)];
    for (let last = ""; ; ) {
      const rows = await db.$queryRaw<Row[]>`
        SELECT id::text, ${name} AS sealed FROM ${from}
        WHERE ${name} <> '' AND NOT starts_with(${name}, ${prefix}) AND id::text > ${last} ORDER BY id::text LIMIT ${size}`;
      for (const { id, sealed } of rows) {
        const text = opened(sealed, secrets);
        if (text === null) {
          done.unreadable.push({ table, id });
          continue;
        }
        if (!begun) await begins();
        begun = true;
        done.resealed += await db.$executeRaw`UPDATE ${from} SET ${name} = ${seal(text, secrets[0])} WHERE id::text = ${id} AND ${name} = ${sealed}`;
      }
      const next = rows.at(-1);
      if (!next) break;
      last = next.id;
    }
  }
  return done;
}

function opened(sealed: string, secrets: readonly string[]): string | null {
  try {
    return open(sealed, secrets);
  } catch {
    return null;
  }
}
