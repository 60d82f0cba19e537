import { describe, expect, test } from "vitest";
import { amzHeader, readClaim } from "./read-claim.ts";
import { SignatureError } from "./signature-error.ts";
import type { SignedRequest } from "./signed-request.ts";

const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const scope = "LSIA234567ABCDEFGHIJ/20260304/us-east-1/s3/aws4_request";
const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=abc`;
const headers = { host: "h", authorization, "x-amz-date": "20260304T050607Z", "x-amz-content-sha256": hash };
const parameters = {
  "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
  "X-Amz-Credential": scope,
  "X-Amz-Date": "20260304T050607Z",
  "X-Amz-Expires": "60",
  "X-Amz-SignedHeaders": "host",
  "X-Amz-Signature": "abc",
};

const request = (more: Partial<SignedRequest>): SignedRequest => ({ method: "GET", path: "/", query: "", headers: {}, ...more });
const signed = (more: Record<string, string | undefined>) =>
  request({ headers: Object.fromEntries(Object.entries({ ...headers, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined)) });
const presigned = (more: Record<string, string | undefined>) =>
  request({
    headers: { host: "h" },
    query: Object.entries({ ...parameters, ...more })
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
      .join("&"),
  });

function refusal(of: SignedRequest): string {
  try {
    readClaim(of);
    return "read";
  } catch (error) {
    if (error instanceof SignatureError) return `${error.httpStatus} ${error.code}: ${error.message}`;
    throw error;
  }
}

const common = { accessKeyId: "LSIA234567ABCDEFGHIJ", date: "20260304", region: "us-east-1", signature: "abc", timestamp: "20260304T050607Z" };

describe("in the header", () => {
  test("a claim is read, however its parts are spaced", () => {
    const claim = { ...common, signedHeaders: ["host", "x-amz-date"], payloadHash: hash, expiresIn: null };
    expect(readClaim(signed({}))).toEqual(claim);
    expect(readClaim(signed({ authorization: authorization.replaceAll(", ", ",") }))).toEqual(claim);
    expect(readClaim(signed({ "x-amz-date": undefined, date: "Wed, 04 Mar 2026 05:06:07 GMT" }))).toEqual(claim);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["no claim at all", { authorization: undefined }, "403 AccessDenied: Access Denied"],
    ["another mechanism", { authorization: "AWS LSIA:abc" }, "400 InvalidRequest: The authorization mechanism"],
    [
      "no signature",
      { authorization: authorization.replace(", Signature=abc", "") },
      "400 AuthorizationHeaderMalformed: The authorization header is malformed; missing Signature.",
    ],
    ["a part twice", { authorization: `${authorization}, Signature=abd` }, "400 AuthorizationHeaderMalformed"],
    ["an unknown part", { authorization: `${authorization}, Other=1` }, "400 AuthorizationHeaderMalformed"],
    [
      "a short scope",
      { authorization: authorization.replace("/us-east-1", "") },
      "400 AuthorizationHeaderMalformed: The authorization header is malformed; the Credential is mal-formed",
    ],
    ["a region that is none", { authorization: authorization.replace("us-east-1", "a\u00e9b") }, "400 AuthorizationHeaderMalformed"],
    [
      "another service",
      { authorization: authorization.replace("/s3/", "/iam/") },
      '400 AuthorizationHeaderMalformed: The authorization header is malformed; incorrect service "iam".',
    ],
    ["another end", { authorization: authorization.replace("aws4_request", "aws5_request") }, "400 AuthorizationHeaderMalformed"],
    ["a day that is none", { authorization: authorization.replace("20260304", "2026") }, "400 AuthorizationHeaderMalformed"],
    [
      "another day",
      { authorization: authorization.replace("20260304", "20260305") },
      '400 AuthorizationHeaderMalformed: The authorization header is malformed; Invalid credential date "20260305".',
    ],
    ["no time", { "x-amz-date": undefined }, "403 AccessDenied: AWS authentication requires a valid Date or x-amz-date header"],
    ["a time that is none", { "x-amz-date": "20260399T050607Z", date: "Wed, 04 Mar 2026 05:06:07 GMT" }, "403 AccessDenied: AWS authentication"],
    ["no hash", { "x-amz-content-sha256": undefined }, "400 InvalidRequest: Missing required header for this request: x-amz-content-sha256"],
    ["an unsigned body", { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }, "400 InvalidArgument: x-amz-content-sha256 must be"],
    ["a body in signed chunks", { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }, "400 InvalidArgument"],
    ["a token", { "x-amz-security-token": "t" }, "400 InvalidToken"],
  ])("%s is refused", (_name, more, expected) => {
    expect(refusal(signed(more))).toContain(expected);
  });
});

describe("in the query", () => {
  test("a claim is read, in whatever case, and headers that were put there too", () => {
    const claim = { ...common, signedHeaders: ["host"], payloadHash: null, expiresIn: 60 };
    expect(readClaim(presigned({}))).toEqual(claim);
    expect(readClaim(presigned({ "X-Amz-Expires": undefined, "x-amz-expires": "604800" }))).toEqual({ ...claim, expiresIn: 604_800 });
    expect(readClaim(presigned({ "x-amz-content-sha256": hash }))).toEqual({ ...claim, payloadHash: hash });
    expect(amzHeader(presigned({ "X-Amz-Account-Id": "123456789012" }), "x-amz-account-id")).toBe("123456789012");
    expect(amzHeader({ ...signed({}), query: "x-amz-account-id=123456789012" }, "x-amz-account-id")).toBeUndefined();
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["one part less", { "X-Amz-Date": undefined }, "400 AuthorizationQueryParametersError: Query-string authentication version 4 requires the X-Amz-Algorithm"],
    ["a part twice", { "x-amz-date": "20260304T050607Z" }, "400 AuthorizationQueryParametersError"],
    ["another algorithm", { "X-Amz-Algorithm": "AWS4-ECDSA-P256-SHA256" }, "400 AuthorizationQueryParametersError: X-Amz-Algorithm only supports"],
    [
      "another service",
      { "X-Amz-Credential": scope.replace("/s3/", "/sts/") },
      "400 AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter; incorrect service",
    ],
    ["a line break in the region", { "X-Amz-Credential": scope.replace("us-east-1", "a\nb") }, "400 AuthorizationQueryParametersError"],
    ["a time that is none", { "X-Amz-Date": "2026-03-04" }, "400 AuthorizationQueryParametersError: X-Amz-Date must be"],
    ["another day", { "X-Amz-Date": "20260305T050607Z" }, "400 AuthorizationQueryParametersError: Invalid credential date"],
    ["more than a week", { "X-Amz-Expires": "604801" }, "400 AuthorizationQueryParametersError: X-Amz-Expires must be less than a week"],
    ["less than nothing", { "X-Amz-Expires": "-1" }, "400 AuthorizationQueryParametersError: X-Amz-Expires must be non-negative"],
    ["no number", { "X-Amz-Expires": "1e3" }, "400 AuthorizationQueryParametersError: X-Amz-Expires should be a number"],
    ["a hash that is none", { "X-Amz-Content-Sha256": "abc" }, "400 InvalidArgument"],
    ["a token", { "X-Amz-Security-Token": "t" }, "400 InvalidToken"],
  ])("%s is refused", (_name, more, expected) => {
    expect(refusal(presigned(more))).toContain(expected);
  });

  test("and not in the header as well", () => {
    expect(refusal({ ...presigned({}), headers })).toContain("400 InvalidArgument: Only one auth mechanism allowed");
  });
});
