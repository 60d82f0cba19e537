import { z } from "zod";
import { prioritySchema, statusUpdateReasonSchema } from "./job-schema.ts";
import { maxCanaryTasks } from "./max-canary-tasks.ts";

/** The next tasks to run before somebody is asked again: fewer than are left. */
export const canaryTasksSchema = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(maxCanaryTasks, `must be at most ${maxCanaryTasks.toLocaleString("en")}`);

/** Bodies of the JSON API's requests that change a job. */

export const cancelJobSchema = z.strictObject({ reason: statusUpdateReasonSchema });

export const confirmJobSchema = z.strictObject({
  definitionDigest: z.string().min(1, "Send the digest of the definition that was reviewed").max(128),
  /** Of the job, as the reviewer typed it; needed where the job is irreversible. */
  numberOfObjects: z.int("must be a whole number").min(0).optional(),
  /** `checkedAt` of the preflight whose errors the review showed; needed where there are any. */
  acknowledgedPreflight: z.string().max(64).optional(),
  /** `succeededTasks` and `failedTasks` of the job together, as the review showed them. */
  tasksRun: z.int("must be a whole number").min(0).optional(),
  canaryTasks: canaryTasksSchema.optional(),
});

export const updateJobPrioritySchema = z.strictObject({ priority: prioritySchema });
