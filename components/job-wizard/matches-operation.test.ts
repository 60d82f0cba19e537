import { expect, it } from "vitest";
import { operations } from "#lib/operations/registry.ts";
import { matchesOperation } from "./matches-operation.ts";

const found = (search: string) => operations.filter((one) => matchesOperation(one, search)).map(({ name }) => name);

it.each<[string, (names: string[]) => boolean]>([
  ["", (names) => names.length === operations.length],
  ["  ", (names) => names.length === operations.length],
  ["TAG", (names) => ["S3PutObjectTagging", "MergeObjectTagging", "S3DeleteObjectTagging"].every((name) => names.includes(name))],
  ["delete tags", (names) => names.includes("S3DeleteObjectTagging") && !names.includes("DeleteObject")],
  ["S3PutObjectAcl", (names) => names.join() === "S3PutObjectAcl"],
  ["restore", (names) => names.includes("S3InitiateRestoreObject")],
  ["nothing of the kind", (names) => names.length === 0],
])("%j", (search, right) => expect(right(found(search))).toBe(true));
