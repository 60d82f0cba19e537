import { describeHome } from "#lib/home/describe-home.ts";
import { route } from "#lib/http/route.ts";

/** → Home */
export const GET = route(({ ctx }) => describeHome(ctx));
