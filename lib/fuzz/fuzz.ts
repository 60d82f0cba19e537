import fc from "fast-check";
import { afterAll, it } from "vitest";

/** Cases of each target: a few seconds together, unless LONGSHORE_FUZZ_RUNS says otherwise. */
const usualRuns = 1_500;
const asked = Number(process.env.LONGSHORE_FUZZ_RUNS || 0);
const hours = 3_600_000;

const ran: string[] = [];
afterAll(() => {
  if (asked > 0) for (const line of ran) console.log(line);
});

/**
 * One target of the fuzzing: `check` throws for what must not be. A case is bounded by its size, so that none takes long; a hang
 * is the test's time running out.
 * @param share of the runs, for targets whose cases cost much
 */
export function fuzz<Case>(name: string, arbitrary: fc.Arbitrary<Case>, check: (one: Case) => void | Promise<void>, share = 1): void {
  const numRuns = Math.max(100, Math.round((asked || usualRuns) * share));
  it(
    name,
    async () => {
      let cases = 0;
      const property = fc.asyncProperty(arbitrary, async (one) => {
        cases += 1;
        await check(one);
      });
      await fc.assert(property, { numRuns });
      ran.push(`fuzz: ${cases.toLocaleString("en")} cases of ${name}`);
    },
    asked > 0 ? 6 * hours : 60_000,
  );
}

/** Runs it, and takes only what it says that it throws. */
export function throwsOnly(kinds: readonly (new (...args: never[]) => Error)[], run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
  }
}

const tokens = [
  '"',
  ",",
  "\r\n",
  "\n",
  "%",
  "%00",
  "%ff",
  "\u0000",
  "\uFEFF",
  "\u202E",
  "<",
  ">",
  "<![CDATA[",
  "<!--",
  "&#0;",
  "&amp;",
  "{",
  "[",
  "}",
  "null",
  "-1",
  "1e999",
  "__proto__",
  "constructor",
  "0".repeat(40),
  ";",
  "=",
  "/",
  "\\",
  "é",
  "😀",
].map((token) => Buffer.from(token));

/** What is nearly right: one of the seeds, with bytes changed, removed, doubled or put in. */
export const nearly = (seeds: readonly (string | Uint8Array)[], maxEdits = 6): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.nat(seeds.length - 1), fc.array(fc.tuple(fc.nat(0xfffff), fc.nat(6), fc.nat(0xff)), { maxLength: maxEdits }))
    .map(([seed, edits]) => edits.reduce(edit, Buffer.from(seeds[seed] as string)));

function edit(bytes: Buffer, [where, how, what]: readonly [number, number, number]): Buffer {
  const at = bytes.length === 0 ? 0 : where % bytes.length;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (how === 0 && bytes.length > 0) {
    const changed = Buffer.from(bytes);
    changed[at] = what;
    return changed;
  }
  if (how === 1) return Buffer.concat([before, after.subarray(what % 32)]);
  if (how === 2) return Buffer.concat([before, after.subarray(0, what), after]);
  if (how === 3) return before;
  if (how === 4) return Buffer.concat([before, Buffer.from([what]), after]);
  return Buffer.concat([before, tokens[what % tokens.length] as Buffer, after]);
}

/** The same as text, as it is decoded everywhere. */
export const nearlyText = (seeds: readonly string[], maxEdits = 6): fc.Arbitrary<string> => nearly(seeds, maxEdits).map((bytes) => bytes.toString());

/** Any text, and text of the characters that matter to whoever parses it. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ maxLength, unit: "binary" }),
    fc.array(fc.constantFrom(...tokens.map(String), "a", "b", " "), { maxLength: Math.min(maxLength, 40) }).map((parts) => parts.join("").slice(0, maxLength)),
  );

/** Cuts bytes into pieces, as a network may. */
export const cut = (bytes: Buffer, at: readonly number[]): Buffer[] => {
  const ends = [...new Set(at.map((one) => one % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...ends].map((from, index) => bytes.subarray(from, ends[index] ?? bytes.length));
};
