import { storableText } from "../db/storable-text.ts";

export type Fields = Record<string, unknown>;
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What `before` and `after` of an entry hold; null: nothing to tell. */
export interface ChangedFields {
  before: { [name: string]: Json } | null;
  after: { [name: string]: Json } | null;
}

/** In UTF-16 units: certificates and comments fit, nothing fills the table. */
const maxText = 4000;
const maxItems = 200;

/** A field of that name never tells its value; that it changed is told. */
const isSecret = (name: string): boolean => /secret|password|passphrase|token$|^token|credential|authorization|cookie|private.?key/i.test(name);

/**
 * The fields in which the two differ, as JSON that can be stored, without any secret: of those, "set", "changed" or "removed" stays.
 * With one side alone, all of its fields: what was made, or is gone.
 */
export function changedFields(before?: Fields, after?: Fields): ChangedFields {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed: ChangedFields = { before: null, after: null };
  for (const name of names) {
    const [was, is] = [toJson(before?.[name], name), toJson(after?.[name], name)];
    const neither = isNothing(before?.[name]) && isNothing(after?.[name]);
    const same = isSecret(name) ? neither || before?.[name] === after?.[name] : canonical(was) === canonical(is);
    if (same) continue;
    if (isSecret(name)) {
      const word = isNothing(before?.[name]) ? "set" : isNothing(after?.[name]) ? "removed" : "changed";
      if (after === undefined) continue;
      changed.after = { ...changed.after, [name]: word };
      continue;
    }
    if (before !== undefined && was !== undefined) changed.before = { ...changed.before, [name]: was };
    if (after !== undefined && is !== undefined) changed.after = { ...changed.after, [name]: is };
  }
  return changed;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/** @returns undefined for what is not there */
function toJson(value: unknown, name: string): Json | undefined {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return undefined;
  if (value === null || typeof value === "boolean") return value;
  if (isSecret(name)) return isNothing(value) ? null : "set";
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
  if (typeof value === "string") return cut(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => toJson(item, "") ?? null);
    return value.length > maxItems ? [...items, `… and ${value.length - maxItems} more`] : items;
  }
  const entries = Object.entries(value as Fields).flatMap(([key, inner]) => {
    const json = toJson(inner, key);
    return json === undefined ? [] : [[cut(key), json] as const];
  });
  return Object.fromEntries(entries);
}

const cut = (text: string): string =>
  text.length > maxText ? `${storableText(text, maxText)}… (${text.length.toLocaleString("en")} characters)` : storableText(text, maxText);

/** Equal for values that differ in the order of their fields alone. */
const canonical = (value: Json | undefined): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? "";
