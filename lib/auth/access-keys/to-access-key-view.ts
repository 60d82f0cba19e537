import type { AccessKey } from "../../db/generated/client.ts";
import type { Caller } from "../../jobs/context.ts";
import type { AccessKeyView } from "./access-key-views.ts";

type Row = AccessKey & { user: { name: string; email: string } };

export const withOwner = { user: { select: { name: true, email: true } } } as const;

export const toAccessKeyView = ({ id, name, user, userId, createdAt, lastUsedAt, revokedAt }: Row, caller: Caller): AccessKeyView => ({
  id,
  name,
  owner: { name: user.name, email: user.email },
  own: userId === caller.userId,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
