import { z } from "zod";

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowed = "may have letters, digits, spaces and _ . : / = + - @ only";

export const tagSchema = z.object({
  Key: z
    .string()
    .min(1, "Give the tag a key")
    .max(128, "A tag's key has at most 128 characters")
    .regex(tagCharacters, `A tag's key ${allowed}`)
    .refine((key) => !key.toLowerCase().startsWith("aws:"), "A tag's key may not begin with aws: (S3 keeps that for itself)"),
  Value: z.string().max(256, "A tag's value has at most 256 characters").regex(tagCharacters, `A tag's value ${allowed}`),
});
export type Tag = z.infer<typeof tagSchema>;

/** @param max 10 for an object, 50 for a job (S3's limits) */
export const tagSetSchema = (max: number) =>
  z
    .array(tagSchema)
    .max(max, `At most ${max} tags`)
    .superRefine((tags, check) => {
      const seen = new Set<string>();
      tags.forEach((tag, index) => {
        if (seen.has(tag.Key)) check.addIssue({ code: "custom", path: [index, "Key"], message: `The key "${tag.Key}" is there twice` });
        seen.add(tag.Key);
      });
    });
