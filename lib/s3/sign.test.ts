import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeKey } from "./encode-key.ts";
import { createSigner } from "./sign.ts";

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
      async (method, objectKey, query, extra, body, sessionToken, now) => {
        const credentials = { accessKeyId: "AKID", secretAccessKey: "secret/key", ...(sessionToken === undefined ? {} : { sessionToken }) };
        const path = `/bucket/${encodeKey(objectKey)}`;
        const headers = { host: "localhost:9000", ...extra };
        const signed = createSigner("eu-west-1", credentials)({ method, path, query, headers, body }, now);
        const reference = await new SignatureV4({
          service: "s3",
          region: "eu-west-1",
          credentials,
          sha256: Sha256 as never,
          uriEscapePath: false,
          applyChecksum: true,
        }).sign(
          { method, protocol: "http:", hostname: "localhost", port: 9000, path, query, headers, body: body === "" ? undefined : body },
          { signingDate: now },
        );
        expect(signed.authorization).toBe(reference.headers.authorization);
      },
    ),
    { numRuns: 300 },
  );
});

it("takes a new day's key when the day changes", () => {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
  const request = { method: "GET", path: "/b/k", query: {}, headers: { host: "h" }, body: "" };
  const reused = createSigner("us-east-1", credentials);
  reused(request, new Date("2026-11-22T23:59:59Z"));
  const next = new Date("2026-11-23T00:00:01Z");
  expect(reused(request, next)).toEqual(createSigner("us-east-1", credentials)(request, next));
});
