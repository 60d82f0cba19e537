import { describe, expect, test } from "vitest";
import { errorAdvice } from "./error-advice.ts";

describe("advice about a failure", () => {
  test.each([
    ["AccessDenied", 403],
    ["SomethingNew", 403],
  ])("%s %d is about the role's permissions", (code, status) => expect(errorAdvice(code, status).aboutPermissions).toBe(true));

  test.each([
    ["NoSuchKey", 404, /not there any more/],
    ["NoSuchBucket", 404, /does not exist on this connection/],
    ["PreconditionFailed", 412, /conditions/],
    ["SlowDown", 503, /called less often/],
    ["InvalidRequest", 400, /5 GB/],
    ["SignatureDoesNotMatch", 403, /secret key/],
    ["Unheard", 503, /called less often/],
    ["Unheard", 404, /does not exist/],
    ["Unheard", 500, /error of its own/],
    ["Unheard", 400, /refused/],
    ["", 0, /did not answer/],
  ])("%s %d", (code, status, words) => {
    const { advice, aboutPermissions } = errorAdvice(code, status);
    expect(advice).toMatch(words);
    expect(aboutPermissions).toBe(false);
  });

  test("an operation's own words go before those for all", () => {
    const own = { InvalidObjectState: "Not archived", AccessDenied: "Locked" };
    expect(errorAdvice("InvalidObjectState", 403, own)).toEqual({ advice: "Not archived", aboutPermissions: false });
    expect(errorAdvice("InvalidObjectState", 403).advice).toMatch(/Restore it first/);
    expect(errorAdvice("AccessDenied", 403, own)).toEqual({ advice: "Locked", aboutPermissions: true });
    expect(errorAdvice("toString", 418, own).advice).toMatch(/refused/);
  });

  test("a code that an object inherits is not a known code", () => {
    expect(errorAdvice("constructor", 418).advice).toMatch(/refused/);
  });
});
