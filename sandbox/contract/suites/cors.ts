import { DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { presignRaw, sendRaw } from "../raw-request.ts";

const ORIGIN = "https://console.example.com";
const rule = {
  ID: "console",
  AllowedOrigins: [ORIGIN],
  AllowedMethods: ["GET", "PUT"],
  AllowedHeaders: ["content-*"],
  ExposeHeaders: ["ETag"],
  MaxAgeSeconds: 60,
};

async function shared({ s3, bucket }: Bench): Promise<string> {
  const Bucket = await bucket();
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
  return Bucket;
}

const preflight = (bench: Bench, path: string, headers: Record<string, string>) =>
  sendRaw(bench.server, { method: "OPTIONS", path, headers: { origin: ORIGIN, "access-control-request-method": "PUT", ...headers } });

export const cors: Suite = (check) => {
  check("rules are kept and given back", async (bench) => {
    const Bucket = await shared(bench);
    expect((await bench.s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([rule]);
    await bench.s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await expectError(bench.s3.send(new GetBucketCorsCommand({ Bucket })), "NoSuchCORSConfiguration", 404);
  });

  check("lets a browser ask before it uploads", async (bench) => {
    const Bucket = await shared(bench);
    const { status, headers } = await preflight(bench, `/${Bucket}/a.csv`, { "access-control-request-headers": "content-type" });
    expect([status, headers["access-control-allow-origin"], headers["access-control-allow-headers"]]).toEqual([200, ORIGIN, "content-type"]);
    expect(headers["access-control-allow-methods"]).toContain("PUT");
  });

  check("refuses other origins, methods and headers", async (bench) => {
    const path = `/${await shared(bench)}/a.csv`;
    expect((await preflight(bench, path, { origin: "https://elsewhere.example.com" })).status).toBe(403);
    expect((await preflight(bench, path, { "access-control-request-method": "DELETE" })).status).toBe(403);
    expect((await preflight(bench, path, { "access-control-request-headers": "x-amz-acl" })).status).toBe(403);
  });

  check("lets a browser upload by a presigned address, and read the answer", async (bench) => {
    const path = `/${await shared(bench)}/a.csv`;
    const put = await presignRaw(bench.server, { method: "PUT", path, headers: { origin: ORIGIN } });
    const { status, headers } = await sendRaw(bench.server, { ...put, body: "a,b\n" });
    expect([status, headers["access-control-allow-origin"], headers["access-control-expose-headers"]]).toEqual([200, ORIGIN, "ETag"]);
    const other = await sendRaw(bench.server, { ...put, headers: { ...put.headers, origin: "https://elsewhere.example.com" }, body: "a,b\n" });
    expect([other.status, other.headers["access-control-allow-origin"]]).toEqual([200, undefined]);
  });
};
