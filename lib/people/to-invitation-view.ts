import type { Invitation } from "../db/generated/client.ts";
import type { InvitationView } from "./person-views.ts";

export const toInvitationView = ({ id, email, name, role, createdAt, createdBy, expiresAt }: Invitation, now: Date): InvitationView => ({
  id,
  email,
  name,
  role,
  createdAt: createdAt.toISOString(),
  createdBy,
  expiresAt: expiresAt.toISOString(),
  expired: expiresAt <= now,
});
