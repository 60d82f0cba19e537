/** How long a first key waits for its second, in milliseconds: long enough for who types with one finger, or with a stick. */
export const sequenceMs = 2000;

/**
 * What a key means after those that wait for more.
 * @param waiting such as "g", or ""
 * @param known all that is listened to: "j", "?", or "g h" for one after the other
 * @returns `meant`, and else what waits for the next key
 */
export function matchKeys(waiting: string, key: string, known: readonly string[]): { meant: string | null; waiting: string } {
  const sequence = waiting === "" ? key : `${waiting} ${key}`;
  if (known.includes(sequence)) return { meant: sequence, waiting: "" };
  if (known.some((keys) => keys.startsWith(`${sequence} `))) return { meant: null, waiting: sequence };
  // A key that does not go on with a sequence begins anew.
  return waiting === "" ? { meant: null, waiting: "" } : matchKeys("", key, known);
}
