import { z } from "zod";

/** How many access keys of one person may be active at a time: enough to rotate, too few to lose sight of. */
export const maxActiveKeys = 5;

/** The rules of a new access key, for the form and for the API alike. */
export const accessKeySchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name that says what the key is for").max(64, "has at most 64 characters"),
});
export type AccessKeyValues = z.input<typeof accessKeySchema>;
