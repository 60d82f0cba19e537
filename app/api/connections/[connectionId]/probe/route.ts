import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { askProbe, describeProbe } from "#lib/probe/ask-probe.ts";

interface Params {
  connectionId: string;
}

export const GET = route<Params>(({ ctx, params }) => describeProbe(ctx, params.connectionId));

export const POST = route<Params>(({ ctx, params }) => askProbe(ctx, params.connectionId), costly);
