import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { Db } from "../db/client.ts";
import type { PersonRole } from "./permissions.ts";

export interface NewPerson {
  email: string;
  password: string;
  name: string;
  role: PersonRole;
}

/** Makes a person who can sign in with e-mail and password; the rows are those of better-auth. */
export async function createPerson(db: Pick<Db, "user">, { email, password, name, role }: NewPerson): Promise<{ userId: string }> {
  const userId = randomUUID();
  await db.user.create({
    data: {
      id: userId,
      email: email.trim().toLowerCase(),
      name,
      role,
      emailVerified: true,
      accounts: { create: { id: randomUUID(), accountId: userId, providerId: "credential", password: await hashPassword(password) } },
    },
  });
  return { userId };
}
