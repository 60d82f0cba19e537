import { describe, expect, test } from "vitest";
import { headersOf, keepTarget, targetOf } from "./request-target.ts";

const kept = (url: string, headers: Record<string, string> = {}) => {
  const request = { url, headers: { ...headers } };
  keepTarget(request);
  return request;
};

describe("a request of the API goes to one path, and its target stays what was signed", () => {
  test.each([
    ["/v20180820/jobs?a=%20&b=%27", "/v20180820/jobs", "a=%20&b=%27"],
    ["/v20180820/jobs/", "/v20180820/jobs/", ""],
    ["/v20180820/jobs/%zz?", "/v20180820/jobs/%zz", ""],
    ["/v20180820", "/v20180820", ""],
    ["/v20180820?x=1?y", "/v20180820", "x=1?y"],
    ["//v20180820/jobs", "//v20180820/jobs", ""],
    ["http://123456789012.example.com:1234/v20180820/jobs?x=1", "/v20180820/jobs", "x=1"],
    ["HTTPS://example.com/v20180820/jobs", "/v20180820/jobs", ""],
  ])("%s", (url, path, query) => {
    const request = kept(url, { rsc: "1", "x-longshore-target": "/forged", host: "h" });
    expect(request.url).toBe("/v20180820");
    const seen = new Request("http://localhost/v20180820", { headers: request.headers });
    expect(targetOf(seen)).toEqual({ path, query });
    expect(headersOf(seen)).toEqual({ host: "h" });
  });
});

test.each([
  ["/jobs?x=1", "/jobs?x=1"],
  ["/v20180820x", "/v20180820x"],
  ["http://example.com/jobs", "/jobs"],
  ["http://example.com", "/"],
  ["http://example.com?x=1", "/?x=1"],
  ["*", "*"],
])("another target, %s, becomes %s and keeps its headers, save a forged one", (url, expected) => {
  expect(kept(url, { rsc: "1", "x-longshore-target": "/forged" })).toEqual({ url: expected, headers: { rsc: "1" } });
});
