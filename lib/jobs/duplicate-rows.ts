/**
 * How many rows of a manifest name an object, at a version, that an earlier row names too. Counted once the job is prepared,
 * so that nobody waits for it.
 */
export type DuplicateRows =
  | { state: "counting" }
  /** `sampleOf`: only one in so many objects was looked at, and the count is an estimate from those. */
  | { state: "counted"; rows: number; sampleOf?: number }
  /** They could not be counted, which keeps nobody from running the job. */
  | { state: "unknown" };
