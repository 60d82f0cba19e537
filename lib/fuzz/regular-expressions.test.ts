import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** A repetition of what repeats itself, (a+)+, can take for ever over a text that nearly matches. */
const literal = /(?:^|[(,=:[!&|?{};\s])\/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[\s*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])*)\/[dgimsuvy]*(?=\s*[.,;):\]}?]|$)/g;

/** The groups of an expression that have an end without bounds, and what is in them. */
function repeatedGroups(source: string): string[] {
  const open: number[] = [];
  const found: string[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const one = source[at];
    if (one === "\\") at += 1;
    else if (one === "[") while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
    else if (one === "(") open.push(at);
    else if (one === ")") {
      const from = open.pop() ?? 0;
      if (/^(?:[*+]|\{\d+,\})/.test(source.slice(at + 1))) found.push(source.slice(from, at + 1));
    }
  }
  return found;
}
const repeats = (group: string): boolean =>
  /[*+]|\{\d+,\}/.test(
    group
      .slice(1)
      .replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, "x")
      .replace(/^\?[:=!<]*/, ""),
  );

const root = new URL("../../", import.meta.url).pathname;
const files = ["lib", "app", "components", "worker"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.i?test)\.tsx?$/.test(file) && !/generated|testing|fuzz\//.test(file))
    .map((file) => join(folder, file)),
);

it("no regular expression repeats a repetition", () => {
  const sources = files.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line) => [...line.matchAll(literal)].map(([, source = ""]) => ({ file, source }))),
  );
  expect(sources.length).toBeGreaterThan(150);
  expect(
    sources.flatMap(({ file, source }) =>
      repeatedGroups(source)
        .filter(repeats)
        .map((group) => `${file}: ${group} in /${source}/`),
    ),
  ).toEqual([]);
});

it.each([
  ["(?:a+)+", true],
  ["([a-z]+\\.)*b", true],
  ["(?:ab)+", false],
  ["(?:a|b{2})*", false],
  ["(?:[+*])+", false],
])("%s is one: %s", (source, is) => {
  expect(repeatedGroups(source).some(repeats)).toBe(is);
});
