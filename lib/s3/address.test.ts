import { expect, it } from "vitest";
import { addressOf } from "./address.ts";

it.each([
  ["path", "https://s3.example:9000", "bucket", "https://s3.example:9000", "/bucket/"],
  ["virtual", "https://s3.example", "bucket", "https://bucket.s3.example", "/"],
  ["virtual", "https://s3.example", "my.bucket", "https://s3.example", "/my.bucket/"],
  ["virtual", "https://s3.example", "Upper_case", "https://s3.example", "/Upper_case/"],
  ["virtual", "http://127.0.0.1:9000", "bucket", "http://127.0.0.1:9000", "/bucket/"],
  ["virtual", "http://[::1]:9000", "bucket", "http://[::1]:9000", "/bucket/"],
  ["path", "https://gateway.example/s3/", "bucket", "https://gateway.example", "/s3/bucket/"],
] as const)("%s %s %s", (addressing, endpoint, bucket, origin, prefix) => {
  expect(addressOf({ endpoint, addressing }, bucket)).toEqual({ origin, host: new URL(origin).host, prefix });
});
