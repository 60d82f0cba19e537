import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";

const notStorable = "has characters that cannot be stored";

export const savedFilterName = z.string().trim().min(1, "Give it a name").max(80, "has at most 80 characters").refine(isStorable, notStorable);
const query = z.string().max(4096, "is too long to be saved: a saved filter has at most 4,096 characters").refine(isStorable, notStorable);

export const savedFilterSchema = z.strictObject({ name: savedFilterName, query });
export const savedFilterUpdateSchema = savedFilterSchema.partial();

export const maxSavedFilters = 100;

/** A person's own. `query` is the list's address after the question mark. */
export interface SavedFilterView {
  id: string;
  name: string;
  query: string;
}
