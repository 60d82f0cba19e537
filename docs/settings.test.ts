import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");
const namesIn = (text: string, form: RegExp) => [...text.matchAll(form)].map((match) => match[1] ?? "");

/** Of a local start alone, or what an image has settled. */
const notForContainers = new Set([
  "LONGSHORE_DATA_DIR",
  "LONGSHORE_HOST",
  "LONGSHORE_SANDBOX",
  "LONGSHORE_SANDBOX_PORT",
  "LONGSHORE_DURABLE",
  "PORT",
  "CHROMIUM_PATH",
]);

test("every setting of .env.example reaches the containers, and they have no other", () => {
  const settings = namesIn(read(".env.example"), /^#([A-Z_]+)=/gm);
  const handedOn = namesIn(read("compose.yaml"), /^ {4}((?:LONGSHORE_|DATABASE_)[A-Z_]+):/gm);
  expect(settings.length).toBeGreaterThan(20);
  expect(handedOn.toSorted()).toEqual(settings.filter((name) => !notForContainers.has(name)).toSorted());
});
