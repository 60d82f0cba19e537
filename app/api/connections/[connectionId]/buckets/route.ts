import { listBuckets } from "#lib/browse/list-buckets.ts";
import { route } from "#lib/http/route.ts";
import { connectionParams } from "../connection-params.ts";

export const GET = route<{ connectionId: string }>(({ ctx, params }) => listBuckets(ctx, connectionParams.parse(params)));
