import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { Tx } from "../db/client.ts";

/** Whoever came by the provider alone has no password yet, and gets one. The rows are those of better-auth. */
export async function setPassword(tx: Pick<Tx, "account">, userId: string, plain: string): Promise<void> {
  const password = await hashPassword(plain);
  const { count } = await tx.account.updateMany({ where: { userId, providerId: "credential" }, data: { password } });
  if (count === 0) await tx.account.create({ data: { id: randomUUID(), accountId: userId, providerId: "credential", userId, password } });
}
