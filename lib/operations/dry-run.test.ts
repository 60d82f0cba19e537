import { expect, it } from "vitest";
import { describeChange } from "./dry-run.ts";

const tags = (value: string) => ({ name: "Tags", value });

it.each([
  [{ before: [tags("a = 1")], after: [tags("b = 2")] }, "Would change Tags: a = 1 → b = 2"],
  [{ before: [tags("a = 1")], after: [tags("a = 1")] }, "Nothing would change"],
  [{ before: [tags("a")], after: [] }, "Would change Tags: a → none"],
  [
    { before: [tags("a"), { name: "Size", value: "1" }], after: [tags("b"), { name: "Size", value: "1" }, { name: "Class", value: "X" }] },
    "Would change Tags: a → b; Class: none → X",
  ],
])("%j reads %s", (change, words) => expect(describeChange(change)).toBe(words));
