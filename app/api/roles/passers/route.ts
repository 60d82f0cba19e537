import { listPassers } from "#lib/connections/pass-role.ts";
import { route } from "#lib/http/route.ts";

/** → PasserView[] */
export const GET = route(({ ctx }) => listPassers(ctx));
