import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readClaim } from "./read-claim.ts";
import { SignatureError } from "./signature-error.ts";
import { type Keys, presignRequest, signRequest, type WireRequest } from "./testing/sign-request.ts";
import { demandBody, demandFresh, demandSigned, isSignedWith } from "./verify-claim.ts";

const now = new Date("2026-03-04T05:06:07Z");
const keys: Keys = { accessKeyId: "LSIA234567ABCDEFGHIJ", secretAccessKey: "se/cret+key" };

/** "accepted", or the code that the request is refused with. */
function verdict(request: WireRequest, secret = keys.secretAccessKey, at = now): string {
  try {
    const claim = readClaim(request);
    demandFresh(claim, at);
    demandSigned(request, claim);
    if (!isSignedWith(request, claim, secret)) return "SignatureDoesNotMatch";
    demandBody(request.body, claim);
    return "accepted";
  } catch (error) {
    if (error instanceof SignatureError) return error.code;
    throw error;
  }
}

const strict = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const text = fc.string({ unit: "binary", maxLength: 20 });
// The reference keeps a query in a plain object, which cannot hold "__proto__".
const parameterName = fc.string({ unit: "binary", minLength: 1, maxLength: 10 }).filter((name) => !/^x-amz|^__proto__$/i.test(name));
const generated = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "DELETE"),
  path: fc.array(text.map(strict), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
  query: fc.dictionary(parameterName, fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 3 })), { maxKeys: 4 }),
  headers: fc.dictionary(
    fc.stringMatching(/^x-amz-[a-z]{1,8}$/).filter((name) => name !== "x-amz-date"),
    fc.stringMatching(/^[\t !-~]{0,20}$/),
    { maxKeys: 3 },
  ),
  body: fc.string({ unit: "binary", maxLength: 50 }),
  region: fc.constantFrom("us-east-1", "eu-central-1", "snow"),
});

const another = (value: string): string => (value.endsWith("x") ? `${value}y` : `${value}x`);

test("what the SDK signs is accepted, and any change of it is refused", async () => {
  await fc.assert(
    fc.asyncProperty(generated, fc.nat(), async (request, pick) => {
      const signed = await signRequest(keys, request, now, request.region);
      expect(verdict(signed)).toBe("accepted");
      expect(readClaim(signed)).toMatchObject({ accessKeyId: keys.accessKeyId, region: request.region, expiresIn: null });

      const claim = readClaim(signed);
      const header = claim.signedHeaders[pick % claim.signedHeaders.length] ?? "host";
      const { [header]: value = "", ...others } = signed.headers;
      const lies: Record<string, WireRequest> = {
        method: { ...signed, method: signed.method === "GET" ? "DELETE" : "GET" },
        path: { ...signed, path: another(signed.path) },
        "a slash more": { ...signed, path: `/${signed.path}` },
        "a parameter more": { ...signed, query: signed.query === "" ? "a" : `${signed.query}&a` },
        [header]: { ...signed, headers: { ...others, [header]: another(value) } },
        [`no ${header}`]: { ...signed, headers: others },
        body: { ...signed, body: Buffer.from(another(request.body)) },
        "an added header": { ...signed, headers: { ...signed.headers, "x-amz-added-later": "1" } },
        signature: {
          ...signed,
          headers: { ...signed.headers, authorization: signed.headers.authorization?.replace(/.$/, (last) => (last === "0" ? "1" : "0")) ?? "" },
        },
      };
      for (const [what, lie] of Object.entries(lies)) expect([what, verdict(lie)]).not.toEqual([what, "accepted"]);
      expect(verdict(signed, another(keys.secretAccessKey))).toBe("SignatureDoesNotMatch");
    }),
    { numRuns: 300 },
  );
});

test("what the SDK presigns is accepted with any body, and any change of the rest is refused", async () => {
  await fc.assert(
    fc.asyncProperty(generated, fc.integer({ min: 1, max: 604_800 }), async (request, expiresIn) => {
      const signed = await presignRequest(keys, request, now, expiresIn, request.region);
      expect(verdict(signed)).toBe("accepted");
      expect(verdict({ ...signed, body: Buffer.from("another") })).toBe("accepted");
      expect(verdict(signed, keys.secretAccessKey, new Date(now.getTime() + expiresIn * 1000))).toBe("accepted");
      expect(verdict(signed, keys.secretAccessKey, new Date(now.getTime() + expiresIn * 1000 + 1))).toBe("AccessDenied");
      for (const lie of [
        { ...signed, method: signed.method === "GET" ? "DELETE" : "GET" },
        { ...signed, path: another(signed.path) },
        { ...signed, query: `${signed.query}&a=b` },
        { ...signed, query: signed.query.replace(`X-Amz-Expires=${expiresIn}`, `X-Amz-Expires=${expiresIn === 1 ? 2 : expiresIn - 1}`) },
        { ...signed, headers: { ...signed.headers, host: "elsewhere" } },
      ])
        expect(verdict(lie)).toBe("SignatureDoesNotMatch");
      expect(verdict(signed, another(keys.secretAccessKey))).toBe("SignatureDoesNotMatch");
    }),
    { numRuns: 150 },
  );
});

const sign = (more: Partial<Parameters<typeof signRequest>[1]> = {}) => signRequest(keys, { method: "GET", path: "/v20180820/jobs", ...more }, now);

describe("the wire may write a request in other ways than it was signed in", () => {
  test("parameters in another order, and more or less encoded", async () => {
    const signed = await sign({ query: { jobStatuses: ["Active", "Complete"], nextToken: "a b~+/=", maxResults: "20" } });
    expect(signed.query).toBe("jobStatuses=Active&jobStatuses=Complete&nextToken=a%20b~%2B%2F%3D&maxResults=20");
    expect(verdict({ ...signed, query: "maxResults=20&nextToken=a+b%7e%2b/%3D&jobStatuses=Complete&jobStatuses=%41ctive" })).toBe("accepted");
    expect(verdict({ ...signed, query: "maxResults=20&nextToken=a+b%7e%252b/%3D&jobStatuses=Complete&jobStatuses=%41ctive" })).toBe("SignatureDoesNotMatch");
  });

  test("a path less encoded, yet none that is normalised", async () => {
    const signed = await sign({ path: "/a%21/~b" });
    expect(verdict({ ...signed, path: "/a!/%7eb" })).toBe("accepted");
    expect(verdict({ ...signed, path: "/x/../a!/~b" })).toBe("SignatureDoesNotMatch");
    expect(verdict({ ...signed, path: "/a%2521/~b" })).toBe("SignatureDoesNotMatch");
  });

  test("headers with other white space", async () => {
    const signed = await sign({ headers: { "x-amz-note": "a  b" } });
    expect(verdict({ ...signed, headers: { ...signed.headers, "x-amz-note": "  a \t b " } })).toBe("accepted");
    expect(verdict({ ...signed, headers: { ...signed.headers, "x-amz-note": "ab" } })).toBe("SignatureDoesNotMatch");
  });

  test("headers of one name, joined", async () => {
    const signed = await sign({ headers: { "x-amz-note": "a,b" } });
    expect(verdict({ ...signed, headers: { ...signed.headers, "x-amz-note": "a,b,c" } })).toBe("SignatureDoesNotMatch");
  });

  test("bytes that are no UTF-8, but no percent sign alone", async () => {
    const signed = await sign({ path: "/caf%C3%A9" });
    expect(verdict({ ...signed, path: "/caf%E9" })).toBe("SignatureDoesNotMatch");
    expect(verdict({ ...signed, path: "/caf%C3%A" })).toBe("InvalidURI");
    expect(verdict({ ...signed, query: "%" })).toBe("InvalidURI");
  });
});

test.each<[string[], boolean]>([
  [["host", "x-amz-date"], true],
  [["host", "x-amz-content-sha256", "x-amz-date"], true],
  [["x-amz-date"], false],
  [["host"], false],
])("with %j signed, a request with a host and a date of AWS's is complete: %s", (signedHeaders, complete) => {
  const sent = {
    method: "GET",
    path: "/",
    query: "",
    headers: { host: "h", "x-amz-date": "d", "x-amz-content-sha256": "c", accept: "*/*" },
    body: new Uint8Array(),
  };
  const demand = () => demandSigned(sent, { signedHeaders });
  if (complete) expect(demand).not.toThrow();
  else expect(demand).toThrow("not signed");
});

describe("time", () => {
  test.each([
    ["15 minutes ago", 15 * 60_000, "accepted"],
    ["15 minutes ahead", -15 * 60_000, "accepted"],
    ["longer ago", 15 * 60_000 + 1, "RequestTimeTooSkewed"],
    ["further ahead", -15 * 60_000 - 1, "RequestTimeTooSkewed"],
  ])("signed %s", async (_name, ms, expected) => {
    expect(verdict(await sign(), keys.secretAccessKey, new Date(now.getTime() + ms))).toBe(expected);
  });

  test("a presigned URL from ahead of time", async () => {
    const signed = await presignRequest(keys, { method: "GET", path: "/" }, now, 60);
    expect(verdict(signed, keys.secretAccessKey, new Date(now.getTime() - 15 * 60_000 - 1))).toBe("AccessDenied");
  });
});
