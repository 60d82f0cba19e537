import { listObjects, listObjectsQuery } from "#lib/browse/list-objects.ts";
import { route } from "#lib/http/route.ts";
import { connectionParams } from "../connection-params.ts";

export const GET = route<{ connectionId: string }>(({ ctx, params, url }) =>
  listObjects(ctx, { ...connectionParams.parse(params), ...listObjectsQuery.parse(Object.fromEntries(url.searchParams)) }),
);
