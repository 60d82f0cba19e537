import { describe, expect, test } from "vitest";
import { demandSameOrigin, isSecure } from "./origin.ts";

const refused = (headers: Record<string, string>): boolean => {
  try {
    demandSameOrigin(new Headers(headers));
    return false;
  } catch {
    return true;
  }
};

describe("demandSameOrigin", () => {
  test.each([
    ["the console's own page", { host: "localhost:3000", origin: "http://localhost:3000" }, false],
    ["by address", { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" }, false],
    ["behind a proxy that ends TLS", { host: "longshore.example.com", origin: "https://longshore.example.com" }, false],
    ["the default port written out", { host: "longshore.example.com:443", origin: "https://longshore.example.com" }, false],
    ["a script without an origin", { host: "localhost:3000" }, false],
    ["a typed address", { host: "localhost:3000", "sec-fetch-site": "none" }, false],
    ["another site", { host: "localhost:3000", origin: "https://evil.example" }, true],
    ["another port of this machine", { host: "localhost:3000", origin: "http://localhost:4000" }, true],
    ["a sandboxed frame", { host: "localhost:3000", origin: "null" }, true],
    ["another site that hides its origin", { host: "localhost:3000", "sec-fetch-site": "cross-site" }, true],
    ["a sibling domain", { host: "a.example.com", "sec-fetch-site": "same-site" }, true],
  ])("%s", (_name, headers, expected) => {
    expect(refused(headers)).toBe(expected);
  });
});

test("with a public address, only its pages are the console's, whatever Host a proxy sends", () => {
  const publicUrl = "https://longshore.example.com";
  const by = (headers: Record<string, string>) => () => demandSameOrigin(new Headers(headers), publicUrl);
  expect(by({ host: "127.0.0.1:3000", origin: publicUrl })).not.toThrow();
  expect(by({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" })).toThrow("LONGSHORE_URL");
  expect(by({ host: "longshore.example.com", origin: "http://longshore.example.com" })).toThrow("LONGSHORE_URL");
});

test("https is known from the proxy's word or the public address", () => {
  expect(isSecure(new Headers())).toBe(false);
  expect(isSecure(new Headers({ "x-forwarded-proto": "http" }))).toBe(false);
  expect(isSecure(new Headers({ "x-forwarded-proto": "https" }))).toBe(true);
  expect(isSecure(new Headers({ "x-forwarded-proto": "https,http" }))).toBe(true);
  expect(isSecure(new Headers(), "https://longshore.example.com")).toBe(true);
});
