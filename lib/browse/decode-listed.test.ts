import { expect, test } from "vitest";
import { decodeListed } from "./decode-listed.ts";

test.each([
  ["a+b%2Bc/%E9%8D%B5", "a b+c/鍵"],
  ["plain", "plain"],
  ["100%", "100%"],
])("a listed key %j is %j", (listed, key) => expect(decodeListed(listed)).toBe(key));
