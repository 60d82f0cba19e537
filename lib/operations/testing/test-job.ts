import { createHash } from "node:crypto";
import type { JobContext } from "../operation.ts";

/** A job on a store that is not Amazon's, at the beginning of 2026. */
export const testJob = (more: Partial<JobContext> = {}): JobContext => ({
  id: "job",
  amazon: false,
  now: () => new Date("2026-01-01T00:00:00Z"),
  md5: (bytes) => createHash("md5").update(bytes).digest("hex"),
  sizes: { whole: 100, part: 10 },
  crosses: () => false,
  ...more,
});
