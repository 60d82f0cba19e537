import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("what comes later does not take the page away while it comes: without either option it would, and the focus with it", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  const calls = files.flatMap((file) => readFileSync(join(import.meta.dirname, file), "utf8").match(/= dynamic\([^;]*;/g) ?? []);
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter((call) => !/ssr: false|loading: /.test(call))).toEqual([]);
});
