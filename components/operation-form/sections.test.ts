import { expect, test } from "vitest";
import type { Field } from "#lib/operations/operation.ts";
import { belongsTo, sectionsOf } from "./sections.ts";

const field = (path: string, section?: string, required = false): Field => ({ path, label: path, kind: "text", required, ...(section && { section }) });

test("neighbours share a section; the first and the required ones stay open", () => {
  const sections = sectionsOf([field("a", "One"), field("b", "One"), field("c", "Two"), field("d", "Three", true), field("e")]);
  expect(sections.map((section) => [section.title, section.fields.length, section.optional])).toEqual([
    ["One", 2, false],
    ["Two", 1, true],
    ["Three", 1, false],
    [null, 1, false],
  ]);
});

test("an error within a field's value is the field's", () => {
  expect(["Tags", "Tags.0.Key", "Tags#1"].every((path) => belongsTo(field("Tags"), path))).toBe(true);
  expect(belongsTo(field("Tag"), "Tags.0")).toBe(false);
});
