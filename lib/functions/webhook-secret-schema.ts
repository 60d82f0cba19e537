import { z } from "zod";
import { urlProblem } from "./webhook-url.ts";

/** A webhook's URL, for the operation and for whoever asks for its secret. */
export const webhookUrlSchema = z
  .string()
  .trim()
  .min(1, "Enter the receiver's URL")
  .max(2048, "has at most 2,048 characters")
  .superRefine((text, check) => {
    const problem = text === "" ? null : urlProblem(text);
    if (problem) check.addIssue({ code: "custom", message: problem });
  });

export const webhookSecretSchema = z.strictObject({ url: webhookUrlSchema });
export type WebhookSecretValues = z.input<typeof webhookSecretSchema>;

export interface WebhookSecretView {
  /** Scheme, host and port: webhooks there share the secret. */
  origin: string;
  /** "whsec_…" */
  secret: string;
}
