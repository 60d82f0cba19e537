import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Bytes, TaskRequest } from "../operations/operation.ts";
import { carryBytes } from "./carry-bytes.ts";
import type { StreamClient } from "./stream-client.ts";

const { signal } = new AbortController();
const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const request: TaskRequest = { method: "PUT", bucket: "there", key: "k", query: {}, headers: {}, body: "" };
const bytes = (more: Partial<Bytes> = {}): Bytes => ({
  bucket: "here",
  key: "k",
  etag: `"${md5("body")}"`,
  from: 0,
  length: 4,
  whole: true,
  encrypted: false,
  ...more,
});

/** A store that gives `body`, and one that keeps what it is sent. */
function stores(body: string, answer: Record<string, string> = {}, got: Record<string, string> = {}) {
  const sent: { body: string; headers: TaskRequest["headers"]; range: string | undefined } = { body: "", headers: {}, range: undefined };
  const none = () => {
    throw new Error("not asked for");
  };
  const from: StreamClient = {
    get: async ({ headers }) => {
      sent.range = headers.range;
      return {
        httpStatus: 200,
        headers: { etag: `"${md5("body")}"`, ...got },
        body: Readable.from([Buffer.from(body.slice(0, 2)), Buffer.from(body.slice(2))]),
      };
    },
    put: none,
    close: none,
  };
  const to: StreamClient = {
    get: none,
    async put(its, pieces) {
      for await (const piece of pieces) sent.body += Buffer.from(piece).toString();
      sent.headers = its.headers;
      return { httpStatus: 200, headers: answer, body: "" };
    },
    close: none,
  };
  return { from, to, sent };
}

describe("bytes that are carried", () => {
  it("arrive, and the store is told their MD5 where it is known", async () => {
    const { from, to, sent } = stores("body", { etag: `"${md5("body")}"` });
    await carryBytes(from, to, bytes(), request, signal);
    expect(sent).toMatchObject({ body: "body", headers: { "content-md5": Buffer.from(md5("body"), "hex").toString("base64") } });
  });

  it("of a part are asked for by their range", async () => {
    const { from, to, sent } = stores("body", {}, { "content-range": "bytes 10-13/100" });
    await carryBytes(from, to, bytes({ from: 10, whole: false }), request, signal);
    expect(sent.range).toBe("bytes=10-13");
    expect(sent.headers["content-md5"]).toBeUndefined();
  });

  it.each([
    ["were damaged as they were read", "bodY", {}, {}, { verdict: { code: "BodyDamaged" }, ofSource: true }],
    ["were damaged as they were written", "body", { etag: md5("other") }, {}, { verdict: { code: "BodyDamaged" }, ofSource: false }],
    ["are too few", "bod", {}, {}, { verdict: { code: "IncompleteBody" }, ofSource: true }],
    ["are too many", "body and more", {}, {}, { verdict: { code: "IncompleteBody" }, ofSource: true }],
    ["are of another object by now", "body", {}, { etag: '"another"' }, { outcome: { code: "PreconditionFailed" } }],
  ])("that %s are no copy", async (_what, body, answer, got, trouble) => {
    const { from, to } = stores(body, answer, got);
    await expect(carryBytes(from, to, bytes(), request, signal)).rejects.toMatchObject(trouble);
  });

  it("are not taken for a part where the store ignores ranges", async () => {
    const { from, to } = stores("body");
    await expect(carryBytes(from, to, bytes({ from: 10, whole: false }), request, signal)).rejects.toMatchObject({ outcome: { code: "UnexpectedResponse" } });
  });

  it.each([
    ["the source is encrypted", bytes({ etag: `"${md5("?")}"`, encrypted: true }), {}, { etag: `"${md5("?")}"` }],
    ["the copy is encrypted", bytes(), { etag: md5("?"), "x-amz-server-side-encryption": "aws:kms" }, {}],
    ["the source came in parts", bytes({ etag: `"${md5("?")}-2"` }), { etag: md5("body") }, { etag: `"${md5("?")}-2"` }],
  ])("go by their number alone where %s", async (_what, source, answer, got) => {
    const { from, to, sent } = stores("body", answer, got);
    await carryBytes(from, to, source, request, signal);
    expect(sent.body).toBe("body");
  });
});
