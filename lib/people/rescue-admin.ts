import { commandLine } from "../audit/audit-source.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Db } from "../db/client.ts";
import { engine } from "../jobs/context.ts";
import { invitationPath, passwordResetPath } from "./deliver-link.ts";
import { newLinkToken } from "./link-token.ts";
import { lockPeople } from "./lock-people.ts";
import { inviteSchema } from "./person-schemas.ts";

export interface Rescue {
  /** "invited": nobody had the address. */
  kind: "invited" | "reset";
  /** Below the console's address. */
  path: string;
  email: string;
}

const hours = 24;

/**
 * For whoever has the machine, when no admin can get in: makes a person an enabled admin and a link for their new password; where nobody has the
 * address, invites an admin. Both links work once, for 24 hours.
 * @throws ZodError when it is no e-mail address
 */
export async function rescueAdmin({ db, now }: { db: Db; now: () => Date }, address: string): Promise<Rescue> {
  const { email } = inviteSchema.pick({ email: true }).parse({ email: address });
  const { token, tokenHash } = newLinkToken();
  const at = now();
  const expiresAt = new Date(at.getTime() + hours * 60 * 60_000);
  const ctx = { caller: engine, source: commandLine, now };
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await tx.user.findUnique({ where: { email }, select: { id: true, role: true, disabledAt: true } });
    if (!person) {
      await tx.invitation.updateMany({ where: { email, acceptedAt: null, withdrawnAt: null }, data: { withdrawnAt: at } });
      const data = { email, name: email.split("@")[0] ?? email, role: "admin", tokenHash, createdAt: at, createdBy: engine.name, expiresAt } as const;
      const { id } = await tx.invitation.create({ data });
      await recordAudit(tx, ctx, { action: "person.invite", target: { type: "person", id, name: email }, after: { email, role: "admin", expiresAt } });
      return { kind: "invited", path: invitationPath(token), email };
    }
    await tx.user.update({ where: { id: person.id }, data: { role: "admin", disabledAt: null } });
    await tx.passwordReset.updateMany({ where: { userId: person.id, usedAt: null, expiresAt: { gt: at } }, data: { expiresAt: at } });
    await tx.passwordReset.create({ data: { userId: person.id, tokenHash, createdAt: at, createdBy: engine.name, expiresAt } });
    const before = { role: person.role, disabled: person.disabledAt !== null };
    const target = { type: "person", id: person.id, name: email } as const;
    await recordAudit(tx, ctx, { action: "person.reset", target, before, after: { role: "admin", disabled: false, expiresAt } });
    return { kind: "reset", path: passwordResetPath(token), email };
  });
}
