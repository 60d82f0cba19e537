import { revokeAccessKey } from "#lib/auth/access-keys/revoke-access-key.ts";
import { route } from "#lib/http/route.ts";

interface Params {
  accessKeyId: string;
}

export const DELETE = route<Params>(({ ctx, params }) => revokeAccessKey(ctx, params.accessKeyId));
