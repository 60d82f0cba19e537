import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../", import.meta.url);
const named = ["threat-model.md", "limits.md"].flatMap((document) => {
  const text = readFileSync(new URL(document, import.meta.url), "utf8");
  // After a file, its tests: “one”, “another”.
  return [...text.matchAll(/`([^`\s]+\.(?:test|itest|spec)\.tsx?)`((?:,? “[^”]+”)*)/g)].flatMap(([, file = "", titles = ""]) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => [document, file, title] as const),
  );
});

it("both documents name tests", () => {
  for (const document of ["threat-model.md", "limits.md"]) expect(named.filter(([where]) => where === document).length).toBeGreaterThan(20);
});

it.each(named)("%s: %s has “%s”", (_document, file, title) => {
  expect(existsSync(new URL(file, root)), file).toBe(true);
  expect(readFileSync(new URL(file, root), "utf8")).toContain(title);
});

it.each(["threat-model.md", "limits.md"])("each row of %s has a test", (document) => {
  const text = readFileSync(new URL(document, import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:asset|what)/.test(line));
  for (const row of rows) expect(row).toMatch(/\.(?:test|itest|spec)\.tsx?` “/);
});
