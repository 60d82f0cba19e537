import { z } from "zod";
import { AppError } from "../errors.ts";

/** The database refuses what is no UUID with an error of its own; to a person it is simply not there. @throws AppError NotFound */
export function readId(id: unknown, missing: string): string {
  const parsed = z.uuid().safeParse(id);
  if (!parsed.success) throw new AppError("NotFound", missing);
  return parsed.data;
}
