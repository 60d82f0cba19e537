import { z } from "zod";

/** An empty value counts as none, as in a .env file whose line was left there. */
export const optionalSetting = <Schema extends z.ZodType<string>>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
