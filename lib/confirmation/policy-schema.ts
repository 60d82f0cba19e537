import { z } from "zod";

/** S3's own limit of a job's objects. */
const maxObjects = 20_000_000_000;

export const policySchema = z.strictObject({
  notByCreator: z.boolean(),
  twoForIrreversible: z.boolean(),
  twoForObjectsOver: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(maxObjects, `must be at most ${maxObjects.toLocaleString("en")}`)
    .nullable(),
});
