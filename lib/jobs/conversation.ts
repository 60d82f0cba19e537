import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { notStorable } from "./manifest-schema.ts";

/** What operators and reviewers say to each other about a job: events of its timeline, which nobody edits. */

/** The events that carry it. */
export const conversationTypes = ["comment", "send-back", "ask-again"] as const;

/** In UTF-16 units, as a text area counts. */
export const maxCommentLength = 2000;
/** Comments of one job: a page reads them all. */
export const maxComments = 200;

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
