import { route } from "#lib/http/route.ts";
import { measureRates, ratesQuery } from "#lib/jobs/measure-rates.ts";

interface Params {
  connectionId: string;
}

export const GET = route<Params>(({ ctx, params, url }) => measureRates(ctx, params.connectionId, ratesQuery.parse(Object.fromEntries(url.searchParams))));
