import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { explainS3Error } from "./explain-s3-error.ts";

const s3 = (name: string, status?: number) => Object.assign(new Error("secret detail"), { name, $metadata: { httpStatusCode: status } });
const object = { bucket: "lists", key: "a.csv" };

describe("explainS3Error", () => {
  it.each([
    ["a bucket that does not exist", s3("NoSuchBucket", 404), { bucket: "lists" }, "NotFound", /no bucket "lists"/],
    ["a HEAD of a missing object", s3("NotFound", 404), object, "NotFound", /no object s3:\/\/lists\/a.csv\./],
    ["a missing version", s3("NotFound", 404), { ...object, versionId: "v1" }, "NotFound", /version id "v1"/],
    ["a version id that is nonsense", s3("400", 400), { ...object, versionId: "!" }, "InvalidRequest", /version id "!"/],
    [
      "denied by code",
      s3("AccessDenied", 403),
      { bucket: "lists" },
      "Upstream",
      /may not read the bucket "lists": they need s3:ListBucket on arn:aws:s3:::lists\. /,
    ],
    ["denied on the list of buckets", s3("AccessDenied", 403), {}, "Upstream", /may not read the list of buckets: they need s3:ListAllMyBuckets\. /],
    [
      "denied by the status of a HEAD",
      s3("403", 403),
      object,
      "Upstream",
      /may not read s3:\/\/lists\/a.csv: they need s3:GetObject on arn:aws:s3:::lists\/a.csv\. /,
    ],
    ["wrong keys", s3("SignatureDoesNotMatch", 403), object, "Upstream", /does not accept the connection's keys/],
    ["a changed object", s3("PreconditionFailed", 412), object, "Conflict", /has changed/],
    ["another region", s3("PermanentRedirect", 301), object, "Upstream", /another region/],
    ["a delete marker", s3("MethodNotAllowed", 405), object, "NotFound", /delete marker/],
    ["a busy store", s3("SlowDown", 503), object, "Upstream", /in a moment/],
    ["a refused socket", Object.assign(new Error("x"), { code: "ECONNREFUSED" }), {}, "Upstream", /does not answer/],
    ["a refused socket beneath", Object.assign(new Error("x"), { cause: { code: "ENOTFOUND" } }), {}, "Upstream", /does not answer/],
    ["a timeout", s3("TimeoutError"), {}, "Upstream", /does not answer/],
    ["a bad certificate", Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), {}, "Upstream", /certificate/],
    ["anything else", s3("InternalError", 500), object, "Upstream", /HTTP 500 InternalError/],
    ["not even an error", "boom", {}, "Upstream", /Try again/],
  ])("explains %s", (_name, error, asked, code, words) => {
    const explained = explainS3Error(error, asked);
    expect(explained.code).toBe(code);
    expect(explained.message).toMatch(words);
    expect(explained.message).not.toContain("secret detail");
  });

  it("leaves the domain's own errors alone", () => {
    const own = new AppError("Forbidden", "no");
    expect(explainS3Error(own, {})).toBe(own);
  });
});
