import type { Db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { maxConnections, maxRoles } from "../limits.ts";

const kinds = { connection: { most: maxConnections, words: "connections" }, executionRole: { most: maxRoles, words: "execution roles" } };

/** Of two admins at once, both may be the last: there is room for one more. @throws AppError Conflict */
export async function demandRoom(db: Pick<Db, "connection" | "executionRole">, kind: keyof typeof kinds): Promise<void> {
  const { most, words } = kinds[kind];
  const count = await (kind === "connection" ? db.connection.count() : db.executionRole.count());
  if (count < most) return;
  throw new AppError(
    "Conflict",
    `There are ${count.toLocaleString("en")} ${words}, and no more than ${most.toLocaleString("en")} are allowed. Delete those that nobody uses.`,
  );
}
