import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TaskRequest } from "../operations/operation.ts";
import { addressOf } from "./address.ts";
import { encodeKey } from "./encode-key.ts";
import { createSigner, IllegalHeader } from "./sign.ts";

class Sha256 {
  #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", Buffer.from(secret as Uint8Array));
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}

const key = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  fc.constantFrom("a b+c%/?#&", "/leading", "a/../b/./c", "x".repeat(1024), "'()*!~-._"),
);
const headerValue = fc.string({ unit: fc.constantFrom(..."abc XYZ019=/;,-"), minLength: 1, maxLength: 30 }).map((text) => text.trim() || "x");
const name = fc.string({ unit: fc.constantFrom(..."abcxyz-"), minLength: 1, maxLength: 12 });
// Headers that the reference leaves unsigned, as proxies change them; Longshore sends none of them.
const unsignable = /^(-|.*-$)/;

const others = (record: Record<string, string>, ...names: string[]) => Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
/** What is sent, by name; the body's length is not signed. */
const sentHeaders = (lines: string) =>
  Object.fromEntries(
    lines
      .split("\r\n")
      .slice(0, -1)
      .map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)])
      .filter(([name]) => name !== "content-length"),
  );

it("signs what the reference signs, the same way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("PUT", "GET", "POST", "DELETE", "HEAD"),
      key,
      fc.dictionary(fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }), fc.string({ unit: "grapheme", maxLength: 12 }), { maxKeys: 4 }),
      fc.dictionary(
        name.map((text) => `x-amz-${text}`).filter((text) => !unsignable.test(text)),
        headerValue,
        { maxKeys: 4 },
      ),
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.option(fc.constant("session-token"), { nil: undefined }),
      fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
      fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { nil: undefined }),
      fc.dictionary(
        name.map((text) => `x-own-${text}`).filter((text) => !unsignable.test(text)),
        headerValue,
        { maxKeys: 3 },
      ),
      fc.constantFrom(0, 900, 30_000, 90_000_000),
      async (method, objectKey, query, extra, body, sessionToken, now, versionId, own, earlierMs) => {
        const credentials = { accessKeyId: "AKID", secretAccessKey: "secret/key", ...(sessionToken === undefined ? {} : { sessionToken }) };
        const address = addressOf({ endpoint: "http://localhost:9000", addressing: "path" }, "bucket");
        const taskHeaders = { names: Object.keys(own), values: Object.values(own) };
        const request = {
          method,
          bucket: "bucket",
          key: objectKey,
          versionId,
          query: others(query, "versionId"),
          headers: others(extra, ...taskHeaders.names),
          taskHeaders,
          body,
        };
        const sign = createSigner("eu-west-1", credentials);
        // What an earlier task leaves behind must not show.
        sign(
          { ...request, key: "before", versionId: "another", taskHeaders: { ...taskHeaders, values: taskHeaders.names.map(() => "another") } },
          address,
          now.getTime() - earlierMs,
        );
        const signed = sign(request, address, now.getTime());
        const { "x-amz-content-sha256": _hash, "x-amz-date": _date, authorization, ...headers } = sentHeaders(signed.headers);
        expect(headers).toMatchObject({ host: "localhost:9000", ...request.headers, ...own });
        const path = `/bucket/${encodeKey(objectKey)}`;
        const fullQuery = versionId === undefined ? request.query : { ...request.query, versionId };
        expect(
          Object.fromEntries(
            new URL(`http://x${signed.path.slice(signed.path.indexOf("?") < 0 ? signed.path.length : signed.path.indexOf("?"))}`).searchParams,
          ),
        ).toEqual(fullQuery);
        expect(signed.path.split("?")[0]).toBe(path);
        const reference = await new SignatureV4({
          service: "s3",
          region: "eu-west-1",
          credentials,
          sha256: Sha256 as never,
          uriEscapePath: false,
          applyChecksum: true,
        }).sign(
          { method, protocol: "http:", hostname: "localhost", port: 9000, path, query: fullQuery, headers, body: body === "" ? undefined : body },
          { signingDate: now },
        );
        expect(authorization).toBe(reference.headers.authorization);
      },
    ),
    { numRuns: 300 },
  );
});

it("takes a new day's key when the day changes", () => {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
  const request: TaskRequest = { method: "GET", bucket: "b", key: "k", query: {}, headers: {}, body: "" };
  const address = addressOf({ endpoint: "http://h", addressing: "path" }, "b");
  const reused = createSigner("us-east-1", credentials);
  reused(request, address, Date.parse("2026-11-22T23:59:59Z"));
  const next = Date.parse("2026-11-23T00:00:01Z");
  expect(reused(request, address, next)).toEqual(createSigner("us-east-1", credentials)(request, address, next));
});

it("signs for each host of virtual addressing", () => {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
  const request: TaskRequest = { method: "GET", bucket: "b", key: "k", query: {}, headers: {}, body: "" };
  const sign = createSigner("us-east-1", credentials);
  const signatures = ["one", "two", "one"].map(
    (bucket) => sentHeaders(sign(request, addressOf({ endpoint: "http://h.example", addressing: "virtual" }, bucket), 0).headers).authorization,
  );
  expect(signatures[0]).toBe(signatures[2]);
  expect(signatures[0]).not.toBe(signatures[1]);
});

it.each(["a\r\nx-evil: 1", "a\nb", "a\u0000b", "\u4e00"])("sends no header with the value %j", (value) => {
  const sign = createSigner("us-east-1", { accessKeyId: "AKID", secretAccessKey: "secret" });
  const address = addressOf({ endpoint: "http://h", addressing: "path" }, "b");
  const request: TaskRequest = { method: "PUT", bucket: "b", key: "k", query: {}, headers: {}, body: "" };
  expect(() => sign({ ...request, headers: { "x-amz-meta-a": value } }, address, 0)).toThrow(IllegalHeader);
  expect(() => sign({ ...request, taskHeaders: { names: ["x-amz-meta-a"], values: [value] } }, address, 0)).toThrow(IllegalHeader);
});

it("tells the length of a body in bytes, and of none where one could be", () => {
  const sign = createSigner("us-east-1", { accessKeyId: "AKID", secretAccessKey: "secret" });
  const address = addressOf({ endpoint: "http://h", addressing: "path" }, "b");
  const request: TaskRequest = { method: "PUT", bucket: "b", key: "k", query: {}, headers: {}, body: "ü" };
  expect(sign(request, address, 0).headers).toContain("content-length: 2\r\n");
  expect(sign({ ...request, body: "" }, address, 0).headers).toContain("content-length: 0\r\n");
  expect(sign({ ...request, method: "GET", body: "" }, address, 0).headers).not.toContain("content-length");
});

it("signs with a session's present keys, from the first request on after they were replaced", () => {
  const keysOf = (name: string) => ({ accessKeyId: name, secretAccessKey: `${name}-secret`, sessionToken: `${name}-token` });
  let keys = keysOf("one");
  let asked = 0;
  const session = {
    get keys() {
      return keys;
    },
    refusal: null,
    keepFresh: () => {
      asked += 1;
    },
    fresh: async () => keys,
    renew: async () => keys,
  };
  const sign = createSigner("us-east-1", { ...keys, session });
  const request: TaskRequest = { method: "PUT", bucket: "b", key: "k", query: { tagging: "" }, headers: {}, body: "<Tagging/>" };
  const address = addressOf({ endpoint: "https://s3.example.com", addressing: "path" }, "b");
  const by = (name: string, at: number) => createSigner("us-east-1", keysOf(name))(request, address, at);
  expect(sign(request, address, 1_000_000)).toEqual(by("one", 1_000_000));
  keys = keysOf("two");
  expect(sign(request, address, 1_000_000)).toEqual(by("two", 1_000_000));
  expect(sign(request, address, 1_000_500)).toEqual(by("two", 1_000_500));
  const before = asked;
  sign(request, address, 1_000_999);
  expect(asked).toBe(before);
  sign(request, address, 1_001_000);
  // Once a second, whatever the number of requests.
  expect(asked).toBe(before + 1);
});
