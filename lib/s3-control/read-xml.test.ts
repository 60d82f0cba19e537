import { describe, expect, test } from "vitest";
import { decode } from "./decode.ts";
import { readXml } from "./read-xml.ts";
import { boolean, integer, list, map, string, structure } from "./shape.ts";

const read = (xml: string | Uint8Array) => readXml(typeof xml === "string" ? Buffer.from(xml) : xml, "R");
const shape = structure(
  {
    Text: string,
    Flag: boolean,
    Count: integer,
    Items: list(structure({ Name: string })),
    Map: map,
    Sum: structure({ SSES3: structure({}) }, { SSES3: "SSE-S3" }),
  },
  {},
);
const decoded = (inner: string) => decode(read(`<R>${inner}</R>`), shape);

describe("a document", () => {
  test.each([
    ["with prolog and namespace", '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Text>a</Text></R>'],
    ["with a prefix", '<a:R xmlns:a="http://awss3control.amazonaws.com/doc/2018-08-20/"><a:Text>a</a:Text></a:R>'],
    ["with a byte order mark", "\ufeff<R><Text>a</Text></R>"],
    ["with comments and space", "<!-- one -->\n<R>\n  <!-- two -->\n  <Text>a</Text>\n</R>\n"],
  ])("%s is read", (_name, xml) => {
    expect(decode(read(xml), shape)).toEqual({ Text: "a" });
  });

  test.each([
    ["nothing", ""],
    ["no XML", "{}"],
    ["another root", "<Q/>"],
    ["two roots", "<R/><R/>"],
    ["an open element", "<R><Text>"],
    ["crossed elements", "<R><Text><Flag></Text></Flag></R>"],
    ["text after the root", "<R/>text"],
    ["a document type", "<!DOCTYPE R><R/>"],
    ["an entity of its own", '<!DOCTYPE R [<!ENTITY a "aaaa">]><R><Text>&a;</Text></R>'],
    ["a file as an entity", '<!DOCTYPE R [<!ENTITY a SYSTEM "file:///etc/passwd">]><R><Text>&a;</Text></R>'],
    ["an unknown entity", "<R><Text>&nbsp;</Text></R>"],
    ["a bare ampersand", "<R><Text>a & b</Text></R>"],
    ["a control character", "<R><Text>\u0001</Text></R>"],
    ["a control character by number", "<R><Text>a&#1;b</Text></R>"],
    ["half a character by number", "<R><Text>&#xD800;</Text></R>"],
    ["a number that is no character's", "<R><Text>&#1114112;</Text></R>"],
    ["a key that a record cannot hold", "<R><Map><entry><key>__proto__</key><value>x</value></entry></Map></R>"],
    ["no UTF-8", Buffer.from([0x3c, 0x52, 0x3e, 0xff, 0x3c, 0x2f, 0x52, 0x3e])],
    ["deep nesting", `<R>${"<a>".repeat(50)}${"</a>".repeat(50)}</R>`],
  ])("with %s is refused", (_name, xml) => {
    expect(() => decode(read(xml), shape)).toThrow(expect.objectContaining({ code: "InvalidRequest" }) as Error);
  });

  test.each(["<", "<a>", "<R>", "&", "<!--", "<R a='", "]]>", "<a/>", "<?a "])("of a megabyte of %s is refused", (piece) => {
    const mega = piece.repeat((1024 * 1024) / piece.length);
    for (const xml of [mega, `<R><Text>${mega}`, `<R>${mega}</R>`]) expect(() => decode(read(xml), shape)).toThrow();
  });
});

describe("an element", () => {
  test("becomes the value of its shape", () => {
    expect(
      decoded(
        "<Text> a&amp;&lt;&#233;&#x1F600; </Text><Flag>true</Flag><Count>42</Count>" +
          "<Items><member><Name>x</Name></member>\n<member/></Items><Map><entry><key>k</key><value/></entry></Map><Sum><SSE-S3/></Sum>",
      ),
    ).toEqual({ Text: " a&<é😀 ", Flag: true, Count: 42, Items: [{ Name: "x" }, {}], Map: { k: "" }, Sum: { SSES3: {} } });
  });

  test.each([
    ["an empty list", "<Items/>", { Items: [] }],
    ["an empty structure", "<Sum></Sum>", { Sum: {} }],
    ["an empty text", "<Text/>", { Text: "" }],
    ["an empty map", "<Map/>", { Map: {} }],
  ])("%s", (_name, inner, expected) => {
    expect(decoded(inner)).toEqual(expected);
  });

  test.each([
    ["an unknown member", "<Other>1</Other>", "Other: S3 Control has no such member"],
    ["a member like a prototype's", "<constructor>1</constructor>", "R"],
    ["another such", "<__proto__><Text>a</Text></__proto__>", "R"],
    ["a member twice", "<Text>a</Text><Text>b</Text>", "Text: must be there once"],
    ["an unknown member within a list", "<Items><member><Other/></member></Items>", "Items.0.Other"],
    ["another element in a list", "<Items><item/></Items>", "Items.item"],
    ["no boolean", "<Flag>yes</Flag>", "Flag: must be true or false"],
    ["no number", "<Count>1e3</Count>", "Count: must be a whole number"],
    ["a number too long", `<Count>${"9".repeat(400)}</Count>`, "Count: must be a whole number"],
    ["elements for a text", "<Text><b/></Text>", "Text: must have text"],
    ["text for elements", "<Items>text</Items>", "Items: must have elements"],
    ["text among elements", "<Sum>text<SSE-S3/></Sum>", "Sum: must have elements"],
    ["a map's key twice", "<Map><entry><key>k</key><value>1</value></entry><entry><key>k</key><value>2</value></entry></Map>", "Map: a key is there twice"],
    ["a map's entry without a value", "<Map><entry><key>k</key></entry></Map>", "Map.0.value"],
  ])("%s is refused by name", (_name, inner, message) => {
    expect(() => decoded(inner)).toThrow(message);
  });
});
