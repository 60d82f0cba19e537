import { route } from "#lib/http/route.ts";
import { createSavedFilter, listSavedFilters } from "#lib/saved-filters/saved-filters.ts";

/** → SavedFilterView[], the caller's own */
export const GET = route(({ ctx }) => listSavedFilters(ctx));

/** {name, query} → SavedFilterView */
export const POST = route(async ({ ctx, body }) => createSavedFilter(ctx, await body()));
