import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ApiPlace, accountHost, cliLines, credentialsLines, curlLines, hostsLine, javascriptLines, pythonLines } from "./api-commands.ts";

const place: ApiPlace = { endpoint: "http://localhost:3000", accountId: "123456789012", accessKeyId: "LSIA234567ABCDEFGHIJ", region: "snow", roleArn: null };

test("a person's own key stands in the lines, and a secret only where one is given", () => {
  expect(credentialsLines(place.accessKeyId)).toBe("[longshore]\naws_access_key_id = LSIA234567ABCDEFGHIJ\naws_secret_access_key = YOUR_SECRET_ACCESS_KEY");
  expect(credentialsLines(place.accessKeyId, "s3cret")).toContain("aws_secret_access_key = s3cret");
  expect(credentialsLines(null)).toContain("aws_access_key_id = YOUR_ACCESS_KEY_ID");
  expect(curlLines(place)).toContain("--user LSIA234567ABCDEFGHIJ \\");
});

describe.each(["snow", "us-east-1"] as const)("region %s", (region) => {
  test.each([cliLines, javascriptLines, pythonLines])("%o names endpoint, account and region", (lines) => {
    const text = lines({ ...place, region });
    for (const part of [place.endpoint, place.accountId, region, "longshore"]) expect(text).toContain(part);
  });
});

test("a role that is there is named in the example", () => {
  const roleArn = "arn:aws:iam::123456789012:role/tagger";
  expect(cliLines({ ...place, roleArn })).toContain(`--role-arn ${roleArn} `);
});

test("curl signs an empty body", () => {
  expect(curlLines(place)).toContain(createHash("sha256").update("").digest("hex"));
});

test.each([
  ["http://localhost:3000", "123456789012.localhost", "127.0.0.1 123456789012.localhost"],
  ["https://longshore.example.com", "123456789012.longshore.example.com", null],
  ["http://127.0.0.1:3000", null, null],
  ["http://[::1]:3000", null, null],
])("clients look for the account's host at %s", (endpoint, host, line) => {
  expect([accountHost({ ...place, endpoint }), hostsLine({ ...place, endpoint })]).toEqual([host, line]);
});
