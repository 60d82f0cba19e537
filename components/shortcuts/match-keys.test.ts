import { expect, test } from "vitest";
import { matchKeys } from "./match-keys.ts";

const known = ["j", "?", "g h", "g j"];

test.each([
  ["", "j", { meant: "j", waiting: "" }],
  ["", "?", { meant: "?", waiting: "" }],
  ["", "q", { meant: null, waiting: "" }],
  ["", "g", { meant: null, waiting: "g" }],
  ["g", "h", { meant: "g h", waiting: "" }],
  ["g", "j", { meant: "g j", waiting: "" }],
  ["g", "g", { meant: null, waiting: "g" }],
  ["g", "?", { meant: "?", waiting: "" }],
  ["g", "q", { meant: null, waiting: "" }],
])("after %j the key %j gives %j", (waiting, key, expected) => expect(matchKeys(waiting, key, known)).toEqual(expected));
