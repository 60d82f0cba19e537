import fc from "fast-check";
import { expect, test } from "vitest";
import { smithySigner } from "../contract/raw-request.ts";
import { S3Error } from "../s3-error.ts";
import { encodeStrict, type WireRequest } from "./canonical-request.ts";
import { verifySignature } from "./verify-signature.ts";

const now = Date.parse("2026-03-04T05:06:07Z");
const text = fc.string({ unit: "binary", minLength: 0, maxLength: 20 });
const secret = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 });
// Smithy keeps a query in a plain object, which cannot hold "__proto__".
const usable = (name: string): boolean => !name.toLowerCase().startsWith("x-amz") && name !== "__proto__";
const request = fc.record({
  method: fc.constantFrom("GET", "PUT", "HEAD", "POST", "DELETE"),
  key: text,
  query: fc.dictionary(fc.string({ unit: "binary", minLength: 1, maxLength: 10 }).filter(usable), text, { maxKeys: 4 }),
  metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: "grapheme-ascii", maxLength: 20 }), { maxKeys: 3 }),
  body: fc.string({ unit: "grapheme-ascii", maxLength: 50 }),
  region: fc.constantFrom("us-east-1", "eu-central-1", "anywhere"),
  secret,
});

type Generated = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const unsigned = ({ method, key, query, metadata, body }: Generated) => ({
  method,
  protocol: "http:",
  hostname: "localhost:4568",
  path: `/bucket/${key.split("/").map(encodeStrict).join("/")}`,
  query,
  headers: { host: "localhost:4568", ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])) },
  body,
});

const wire = (signed: { method: string; path: string; query?: Record<string, unknown>; headers: Record<string, string> }): WireRequest => ({
  method: signed.method,
  path: signed.path,
  query: Object.entries(signed.query ?? {})
    .map(([name, value]) => `${encodeStrict(name)}=${encodeStrict(String(value))}`)
    .join("&"),
  headers: new Map(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value])),
});

const user = (secretAccessKey: string) => ({ accessKeyId: "KEY", secretAccessKey });
const verify = (sent: WireRequest, secretAccessKey: string, at = now) => verifySignature(sent, (id) => (id === "KEY" ? user(secretAccessKey) : undefined), at);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof S3Error) return error.code;
    throw error;
  }
  return "accepted";
}

test("accepts whatever smithy signs in headers, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(request, async (generated) => {
      const signed = await smithySigner(user(generated.secret), generated.region).sign(unsigned(generated), { signingDate: new Date(now) });
      const sent = wire(signed);
      expect(verify(sent, generated.secret).payload).toBe(sent.headers.get("x-amz-content-sha256"));
      expect(refusal(() => verify({ ...sent, path: `${sent.path}x` }, generated.secret))).toBe("SignatureDoesNotMatch");
      expect(refusal(() => verify({ ...sent, query: `${sent.query}&extra=` }, generated.secret))).toBe("SignatureDoesNotMatch");
      expect(refusal(() => verify(sent, `${generated.secret}x`))).toBe("SignatureDoesNotMatch");
      expect(refusal(() => verify(sent, generated.secret, now + 16 * 60_000))).toBe("RequestTimeTooSkewed");
    }),
    { numRuns: 200 },
  );
});

test("accepts whatever smithy presigns, for as long as it lasts", async () => {
  await fc.assert(
    fc.asyncProperty(request, async (generated) => {
      const { body: _, ...bodiless } = unsigned(generated);
      const headers = { ...bodiless.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
      const signer = smithySigner(user(generated.secret), generated.region);
      const signed = await signer.presign(
        { ...bodiless, headers },
        { signingDate: new Date(now), expiresIn: 60, unhoistableHeaders: new Set(Object.keys(headers)) },
      );
      const sent = wire(signed as Parameters<typeof wire>[0]);
      expect(verify(sent, generated.secret, now + 59_000).payload).toBe("UNSIGNED-PAYLOAD");
      expect(refusal(() => verify(sent, generated.secret, now + 61_000))).toBe("AccessDenied");
      expect(refusal(() => verify({ ...sent, method: "PATCH" }, generated.secret))).toBe("SignatureDoesNotMatch");
    }),
    { numRuns: 200 },
  );
});

test("accepts what was encoded less than strictly", async () => {
  const signed = await smithySigner(user("secret")).sign(
    { method: "GET", protocol: "http:", hostname: "h", path: "/b/a%21%20b", headers: { host: "h" } },
    { signingDate: new Date(now) },
  );
  expect(refusal(() => verify({ ...wire(signed), path: "/b/a!%20b" }, "secret"))).toBe("accepted");
});

test("refuses a header of S3 that was added after signing", async () => {
  const signed = await smithySigner(user("secret")).sign(
    { method: "GET", protocol: "http:", hostname: "h", path: "/b/a", headers: { host: "h" } },
    { signingDate: new Date(now) },
  );
  const sent = wire(signed);
  expect(refusal(() => verify({ ...sent, headers: new Map([...sent.headers, ["x-amz-acl", "public-read"]]) }, "secret"))).toBe("AccessDenied");
});

test("refuses an anonymous request, and a person it does not know", async () => {
  const signed = await smithySigner({ accessKeyId: "OTHER", secretAccessKey: "secret" }).sign(
    { method: "GET", protocol: "http:", hostname: "h", path: "/", headers: { host: "h" } },
    { signingDate: new Date(now) },
  );
  expect(refusal(() => verify(wire(signed), "secret"))).toBe("InvalidAccessKeyId");
  expect(refusal(() => verify({ method: "GET", path: "/", query: "", headers: new Map([["host", "h"]]) }, "secret"))).toBe("AccessDenied");
});
