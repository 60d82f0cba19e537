import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "./shell-quote.ts";

/** What a program is given for these words. NUL ends each, which no word of a program can have. */
const through = (words: readonly string[]): string[] => {
  const { stdout, status } = spawnSync("sh", ["-c", `printf '%s\\0' ${words.map(shellQuote).join(" ")}`], { encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.split("\0").slice(0, -1);
};

const hostile = [
  "it's",
  "''",
  "'; touch /tmp/owned; '",
  "$(id) `id` $HOME !! *",
  "two\nlines\n",
  "back\\slash \\' \\n",
  "-option",
  "~",
  "a b",
  "#none",
  "köprü 🌉 \u202egpj",
  "",
  "plain-1_2/3.4:5,6=7+8%9@0",
];

test("words of any kind go through a shell as they are", () => expect(through(hostile)).toEqual(hostile));

test("whatever the words", () => {
  const word = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 40, maxLength: 60 }), (words) => {
      expect(through(words)).toEqual(words);
    }),
    { numRuns: 20 },
  );
});
