import { expect, it } from "vitest";
import { addressOf } from "./address.ts";

it.each([
  ["path", "https://s3.example:9000", "bucket", "https://s3.example:9000", "/bucket/a%20b/../c"],
  ["virtual", "https://s3.example", "bucket", "https://bucket.s3.example", "/a%20b/../c"],
  ["virtual", "https://s3.example", "my.bucket", "https://s3.example", "/my.bucket/a%20b/../c"],
  ["virtual", "https://s3.example", "Upper_case", "https://s3.example", "/Upper_case/a%20b/../c"],
  ["virtual", "http://127.0.0.1:9000", "bucket", "http://127.0.0.1:9000", "/bucket/a%20b/../c"],
  ["virtual", "http://[::1]:9000", "bucket", "http://[::1]:9000", "/bucket/a%20b/../c"],
  ["path", "https://gateway.example/s3/", "bucket", "https://gateway.example", "/s3/bucket/a%20b/../c"],
] as const)("%s %s %s", (addressing, endpoint, bucket, origin, path) => {
  expect(addressOf({ endpoint, addressing }, bucket, "a b/../c")).toEqual({ origin, host: new URL(origin).host, path });
});
