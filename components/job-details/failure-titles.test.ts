import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failureTitle } from "./failure-titles.ts";

/** Every code that the source gives a job's failure. */
const codes = ["lib", "worker"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("test.ts") && !name.includes("generated"))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(/(?:new JobFailure\(\s*|FailureCode: )"(\w+)"/g)].map((match) => match[1] ?? "")),
);

test("there are codes to look at", () => expect(new Set(codes).size).toBeGreaterThan(10));

test.each([...new Set(codes)])("%s has a title", (code) => expect(failureTitle(code)).not.toBe("The job failed"));

test("an unknown code is told as any failure", () => {
  expect(failureTitle("toString")).toBe("The job failed");
});
