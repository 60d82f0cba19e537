import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const defined = new Set([...readFileSync(join(root, "app/globals.css"), "utf8").matchAll(/--text-([a-z0-9]+): [\d.]+r?em;/g)].map(([, name]) => name));

const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(root, folder, file), "utf8") })),
);

/** Sizes of type that no step of the scale is. */
const strays = (text: string): string[] => [
  ...(text.match(/\btext-\[\d[^\]]*\]/g) ?? []),
  ...[...text.matchAll(/\btext-(xs|sm|base|lg|\d?xl)\b/g)].filter(([, step]) => !defined.has(step)).map(([name]) => name),
];

it("takes every size of type from the scale in app/globals.css", () => {
  expect(defined).toContain("note");
  expect(strays("text-[13px] text-sm text-9xl text-danger")).toEqual(["text-[13px]", "text-9xl"]);
  expect(sources.map(({ file, text }) => ({ file, strays: strays(text) })).filter((found) => found.strays.length > 0)).toEqual([]);
});
