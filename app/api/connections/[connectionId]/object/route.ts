import { headObject, headObjectQuery } from "#lib/browse/head-object.ts";
import { route } from "#lib/http/route.ts";
import { connectionParams } from "../connection-params.ts";

export const GET = route<{ connectionId: string }>(({ ctx, params, url }) =>
  headObject(ctx, { ...connectionParams.parse(params), ...headObjectQuery.parse(Object.fromEntries(url.searchParams)) }),
);
