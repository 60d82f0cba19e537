import { isStorable } from "../db/storable-text.ts";
import { AppError } from "../errors.ts";
import { readText } from "./read-text.ts";

const maxBytes = 1024 * 1024;

/** PostgreSQL stores neither NUL nor half of a character, wherever they stand in a request. */
function demandStorable(text: string): void {
  if (!isStorable(text)) throw new AppError("InvalidRequest", "The request has characters that are none (NUL, or half of one). Leave them out.");
}

/** @throws AppError InvalidRequest when it is too long, no JSON, or holds what cannot be stored */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text === "") return {};
  try {
    return JSON.parse(text, (name, value: unknown) => {
      demandStorable(name);
      if (typeof value === "string") demandStorable(value);
      return value;
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("InvalidRequest", "The request's body is not valid JSON.");
  }
}

/** @throws AppError InvalidRequest */
export function demandStorableQuery(url: URL): void {
  for (const [name, value] of url.searchParams) {
    demandStorable(name);
    demandStorable(value);
  }
}
