import { z } from "zod";

/** A cap; null where there is none. */
const capSchema = (most: number) =>
  z
    .int("must be a whole number")
    .min(1, "is 1 at least")
    .max(most, `is ${most.toLocaleString("en")} at most`)
    .nullable();

/** Caps of a connection, or of one job on it. */
export const limitsSchema = z.strictObject({ maxInFlight: capSchema(100_000), maxRequestsPerSecond: capSchema(1_000_000) });
