import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutMiddle, visibleJson, visibleSegments, visibleText } from "./visible-text.ts";

describe("what hides is made visible", () => {
  test.each([
    ["plain/key.txt", "plain/key.txt"],
    ["größe/ключ/鍵 1.txt", "größe/ключ/鍵 1.txt"],
    ["invoice\u202Efdp.exe", "invoice<U+202E>fdp.exe"],
    ["a\u2066b\u2069", "a<U+2066>b<U+2069>"],
    ["zero\u200Bwidth\uFEFF", "zero<U+200B>width<U+FEFF>"],
    ["line\nbreak\r\t", "line<\\n>break<\\r><\\t>"],
    ["bell\u0007\u009B31m", "bell<U+0007><U+009B>31m"],
    ["\u2028\u2029", "<U+2028><U+2029>"],
    ["no\u00A0break", "no<U+00A0>break"],
    ["tag\u{E0041}", "tag<U+E0041>"],
    ["lone\uD800", "lone<U+D800>"],
    ["filler\u3164", "filler<U+3164>"],
    [" edge ", "<space>edge<space>"],
    ["   ", "<space><space><space>"],
    ["", ""],
  ])("%j", (text, shown) => expect(visibleText(text)).toBe(shown));

  test("markup stays text: escaping is React's work", () => {
    expect(visibleSegments("<img src=x>")).toEqual([{ text: "<img src=x>", hidden: false }]);
  });

  test("no character that reorders or hides survives, and none is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visibleSegments(text);
        for (const segment of shown) expect(segment.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        const length = shown.reduce((sum, segment) => sum + (segment.hidden ? 1 : [...segment.text].length), 0);
        expect(length).toBe([...text].length);
      }),
    );
  });
});

describe("long text is cut in its middle", () => {
  test("short text is left alone", () => expect(cutMiddle("abcde", 5)).toBeNull());
  test("both ends remain", () => expect(cutMiddle("abcdefghij", 5)).toEqual({ head: "ab", tail: "ij" }));
  test("no character is cut in two", () => expect(cutMiddle("😀😀😀😀😀😀", 3)).toEqual({ head: "😀", tail: "😀" }));
});

describe("JSON for reading and copying", () => {
  test("what hides is escaped", () => expect(visibleJson({ a: "x\u202Ey\u{E0041}\n" })).toBe('{\n  "a": "x\\u202ey\\udb40\\udc41\\n"\n}'));
  test("it stays the same JSON", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(visibleJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));
});
