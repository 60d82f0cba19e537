import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { maxCommentLength } from "./conversation-limits.ts";
import { notStorable } from "./manifest-schema.ts";

/** Bodies of the requests by which operators and reviewers talk about a job. */

/** What one person writes to others, line breaks included. */
export const commentSchema = z
  .string()
  .trim()
  .min(1, "Write something first")
  .max(maxCommentLength, `has at most ${maxCommentLength.toLocaleString("en")} characters`)
  .refine(isStorable, notStorable);

export const commentOnJobSchema = z.strictObject({ comment: commentSchema });
export const sendBackJobSchema = z.strictObject({ reason: commentSchema });
export const askAgainSchema = z.strictObject({ comment: commentSchema });
