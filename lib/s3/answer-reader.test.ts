import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerReader, AnswerTooLarge, MalformedAnswer, maxAnswerBytes } from "./answer-reader.ts";

const lines = (...text: string[]) => text.join("\r\n");
const head = (...headers: string[]) => lines("HTTP/1.1 200 OK", ...headers, "", "");

/** What is read from these bytes, in pieces of these sizes. */
function read(text: string, { sizes = [text.length || 1], noBody = false, closed = false } = {}) {
  const reader = new AnswerReader();
  reader.begin(noBody, true);
  const bytes = Buffer.from(text, "latin1");
  // As a connection has it: the next bytes take the place of the ones before.
  const received = Buffer.alloc(Math.max(...sizes));
  let whole = false;
  for (let at = 0, index = 0; at < bytes.length && !whole; index += 1) {
    const count = bytes.copy(received, 0, at, at + (sizes[index % sizes.length] as number));
    at += count;
    whole = reader.push(received.subarray(0, count));
    received.fill("!");
    if (whole && at < bytes.length) reader.keepAlive = false;
  }
  if (closed && !whole) whole = reader.end();
  return { whole, httpStatus: reader.httpStatus, body: reader.body, keepAlive: reader.keepAlive, headers: reader.headers };
}

const answers: [string, string, Partial<ReturnType<typeof read>>][] = [
  ["with a length", `${head("Content-Length: 3")}abc`, { body: "abc", keepAlive: true }],
  ["with an empty body", head("content-length:0"), { body: "", keepAlive: true }],
  ["with a length that is said twice", `${head("Content-Length: 3", "content-length: 3")}abc`, { body: "abc" }],
  ["in chunks", `${head("Transfer-Encoding: chunked")}3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n`, { body: "abc0123456789", keepAlive: true }],
  ["in chunks with a trailer", `${head("Transfer-Encoding: Chunked")}1\r\na\r\n0\r\nx-sum: 1\r\n\r\n`, { body: "a", keepAlive: true }],
  ["without a body", lines("HTTP/1.1 204 No Content", "", ""), { httpStatus: 204, body: "", keepAlive: true }],
  ["after early hints", `${lines("HTTP/1.1 103 Early Hints", "link: </x>", "", "")}${head("content-length: 1")}a`, { httpStatus: 200, body: "a" }],
  ["that closes", `${head("Content-Length: 1", "Connection: close")}a`, { body: "a", keepAlive: false }],
  ["of HTTP/1.0", lines("HTTP/1.0 200 OK", "content-length: 1", "", "a"), { body: "a", keepAlive: false }],
  ["of HTTP/1.0 that stays", lines("HTTP/1.0 200 OK", "connection: Keep-Alive", "content-length: 1", "", "a"), { body: "a", keepAlive: true }],
  ["without a reason", lines("HTTP/1.1 200 ", "content-length: 1", "", "a"), { body: "a" }],
  ["in UTF-8", `${head("content-length: 2")}\u00c3\u00bc`, { body: "ü" }],
  ["followed by what nobody asked for", `${head("Content-Length: 1")}aHTTP/1.1 200 OK`, { body: "a", keepAlive: false }],
];

describe("an answer", () => {
  it.each(answers)("%s is read", (_name, text, expected) => expect(read(text)).toMatchObject({ whole: true, ...expected }));

  it("is the same however its bytes arrive", () => {
    fc.assert(
      fc.property(fc.constantFrom(...answers), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), ([, text], sizes) => {
        expect(read(text, { sizes })).toEqual(read(text));
      }),
      { numRuns: 500 },
    );
  });

  it("to HEAD has no body, whatever length it names", () => {
    expect(read(head("Content-Length: 5000000"), { noBody: true })).toMatchObject({ whole: true, body: "", keepAlive: true });
  });

  it("without a length ends with the connection, and one that has a length does not", () => {
    expect(read(`${head("x: y")}abc`, { closed: true })).toMatchObject({ whole: true, body: "abc", keepAlive: false });
    expect(read(`${head("content-length: 4")}abc`, { closed: true })).toMatchObject({ whole: false });
    expect(read("HTTP/1.1 200", { closed: true })).toMatchObject({ whole: false });
  });

  it("has its headers by their names in lower case, joined where there are several", () => {
    const { headers } = read(head("Content-Length: 0", 'ETag:  "x" ', "X-A: 1", "x-a: 2", "__proto__: 3"));
    expect(Object.entries(headers ?? {})).toEqual([
      ["content-length", "0"],
      ["etag", '"x"'],
      ["x-a", "1, 2"],
      ["__proto__", "3"],
    ]);
  });
});

describe("what is refused", () => {
  it.each([
    ["no HTTP", "SSH-2.0-OpenSSH\r\n\r\n"],
    ["another version", lines("HTTP/2.0 200 OK", "", "")],
    ["no status", lines("HTTP/1.1 OK", "", "")],
    ["another protocol", lines("HTTP/1.1 101 Switching Protocols", "upgrade: x", "", "")],
    ["a header without a colon", head("nonsense")],
    ["a header that goes on", head("content-length: 1", " 2")],
    ["a space before the colon", head("Content-Length : 3")],
    ["two lengths", head("content-length: 3", "content-length: 4")],
    ["a length that is no number", head("content-length: +3")],
    ["a list of lengths", head("content-length: 3, 3")],
    ["a length and chunks", head("content-length: 3", "transfer-encoding: chunked")],
    ["another transfer encoding", head("transfer-encoding: gzip, chunked")],
    ["a chunk without a size", `${head("transfer-encoding: chunked")}x\r\n`],
    ["a chunk of a negative size", `${head("transfer-encoding: chunked")}-1\r\n`],
    ["a chunk that is longer than it says", `${head("transfer-encoding: chunked")}1\r\nabc\r\n`],
    ["a line of chunks that ends oddly", `${head("transfer-encoding: chunked")}1\na\r\n`],
    ["a head without end", head(`x: ${"y".repeat(70_000)}`)],
  ])("%s", (_name, text) => {
    expect(() => read(text)).toThrow(MalformedAnswer);
    expect(() => read(text, { sizes: [7] })).toThrow(MalformedAnswer);
  });

  it("more than an answer to a task can have, as soon as that is known", () => {
    expect(() => read(head(`content-length: ${maxAnswerBytes + 1}`))).toThrow(AnswerTooLarge);
    expect(() => read(`${head("x: y")}${"x".repeat(maxAnswerBytes + 1)}`, { sizes: [65_536] })).toThrow(AnswerTooLarge);
  });

  it("never throws anything else, whatever comes", () => {
    const part = fc.constantFrom(
      "HTTP/1.1 200 OK",
      "\r\n",
      "\r\n\r\n",
      "content-length: ",
      "transfer-encoding: chunked",
      "3",
      "abc",
      ":",
      "0\r\n\r\n",
      "\u0000",
      "ÿ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 5 })), { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        try {
          read(parts.join(""), { sizes: [size], closed: true });
        } catch (error) {
          expect(error).toBeInstanceOf(error instanceof AnswerTooLarge ? AnswerTooLarge : MalformedAnswer);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
