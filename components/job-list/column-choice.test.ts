import { expect, test } from "vitest";
import { readColumns, usualColumns } from "./column-choice.ts";

test.each([
  [null, usualColumns],
  ["", usualColumns],
  ["nonsense", usualColumns],
  ["createdAt,description,status", ["createdAt", "description", "status"]],
  ["status,status,description", ["status", "description"]],
  ["role,gone", ["description", "role"]],
])("%j is read as %j", (stored, expected) => expect(readColumns(stored)).toEqual(expected));
