import { route } from "#lib/http/route.ts";
import { deleteSavedFilter, updateSavedFilter } from "#lib/saved-filters/saved-filters.ts";

interface Params {
  savedFilterId: string;
}

/** {name?, query?} → SavedFilterView */
export const PATCH = route<Params>(async ({ ctx, params, body }) => updateSavedFilter(ctx, params.savedFilterId, await body()));

export const DELETE = route<Params>(({ ctx, params }) => deleteSavedFilter(ctx, params.savedFilterId));
