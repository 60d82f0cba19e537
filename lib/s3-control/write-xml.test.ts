import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "./decode.ts";
import { createJobRequest, describeJobResult, jobOperation } from "./model.ts";
import { readXml } from "./read-xml.ts";
import type { Shape } from "./shape.ts";
import { errorXml, resultXml } from "./write-xml.ts";

/** Any value of a shape. */
function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "structure":
      return fc.record(Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, anyOf(member.shape)])), { requiredKeys: [] });
    case "list":
      return fc.array(anyOf(shape.of), { maxLength: 3 });
    case "map":
      return fc.dictionary(
        // That one is refused when it is read.
        fc.string({ minLength: 1 }).filter((key) => key.isWellFormed() && key !== "__proto__"),
        text,
        { maxKeys: 3, noNullPrototype: true },
      );
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer();
    case "timestamp":
      return fc.constant("2026-01-31T23:59:59.123Z");
    case "string":
      return text;
  }
}
const text = fc.string({ unit: "grapheme" }).map((value) => value.toWellFormed());

describe("what is written is read again as it was", () => {
  test.each([
    ["CreateJobRequest", createJobRequest],
    ["DescribeJobResult", describeJobResult],
    ["JobOperation", jobOperation],
  ])("%s", (root, shape) => {
    fc.assert(
      fc.property(anyOf(shape), (value) => {
        expect(decode(readXml(Buffer.from(resultXml(root, value, shape)), root), shape)).toEqual(value);
      }),
      { numRuns: 60 },
    );
  });
});

test("characters that XML does not have are replaced, so that one description does not spoil a list", () => {
  const xml = resultXml("CreateJobRequest", { Description: "a\u0000\u001b\ud800\uffff<&>\r\n" }, createJobRequest);
  expect(xml).toContain("<Description>a\ufffd\ufffd\ufffd\ufffd&lt;&amp;&gt;&#xd;\n</Description>");
});

test("undefined and null are left out, empty lists are not", () => {
  expect(resultXml("R", { Description: undefined, RoleArn: null, Tags: [] }, createJobRequest)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Tags></Tags></R>',
  );
});

test("an error has the form that AWS's clients read", () => {
  expect(errorXml({ code: "NotFoundException", message: 'no "<job>"' }, { requestId: "1", hostId: "2" })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Code>NotFoundException</Code><Message>no &quot;&lt;job&gt;&quot;</Message></Error><RequestId>1</RequestId><HostId>2</HostId></ErrorResponse>',
  );
});
