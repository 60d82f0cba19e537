import { dirname } from "node:path";

/** The repository's directory. */
export const root = dirname(import.meta.dirname);
