import { countAwaiting } from "#lib/home/awaiting-jobs.ts";
import { route } from "#lib/http/route.ts";

/** → {awaiting, sentBack}: how many jobs wait for the caller's confirmation, and how many of theirs were sent back; 100 for any more */
export const GET = route(({ ctx }) => countAwaiting(ctx));
