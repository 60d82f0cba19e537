import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";

const notStorable = "may not have a NUL character or half a character";

/** AWS's UserArguments. */
export const userArgumentsSchema = z
  .record(
    z.string().min(1, "Give the argument a name").max(64, "An argument's name has at most 64 characters").refine(isStorable, notStorable),
    z.string().max(1024, "An argument's value has at most 1,024 characters").refine(isStorable, notStorable),
  )
  .refine((map) => Object.keys(map).length >= 1, "Give at least one argument, or none at all")
  .refine((map) => Object.keys(map).length <= 10, "At most 10 arguments");

export const mostTasks = 1_000;

/** Ours: AWS does not let one choose. */
export const batchSizeSchema = z
  .int("must be a whole number")
  .min(1, "is 1 at least")
  .max(mostTasks, `is ${mostTasks.toLocaleString("en")} at most`);

/** What is true of any function that tasks are handed to. */
export const functionWarning =
  "What the function does cannot be undone from here. It may be called more than once for an object: when no answer comes back, when it asks for another try, and when the job is paused, loses its turn to a job of higher priority, or its worker dies. Its taskId stays the same, so that the function can tell.";
