import { describe, expect, test } from "vitest";
import { authority, server } from "../../bin/testing/test-certificates.ts";
import { demandCertificates, viewCertificates } from "./certificates.ts";

const now = new Date("2026-11-22");

describe("certificates to trust", () => {
  test("nothing stays nothing", () => {
    expect(demandCertificates(null, now)).toBeNull();
    expect(demandCertificates(undefined, now)).toBeUndefined();
  });

  test("several are kept, without what stands around them", () => {
    const kept = demandCertificates(`subject=one\r\n${authority}\n# two\n${server.cert}`, now);
    expect(kept).toBe(authority + server.cert);
    expect(viewCertificates(kept ?? null).map(({ name }) => name)).toEqual(["Test authority", "127.0.0.1"]);
  });

  const body = authority.split("\n").slice(1, -2).join("\n");
  test.each([
    ["no PEM at all", "MIIB", /could be read/],
    ["a certificate that was not copied whole", authority.slice(0, 300), /could be read/],
    ["a second one that was not", authority + authority.slice(0, 300), /could be read/],
    ["a key beside it", authority + server.key, /could be read/],
    ["a request for one", `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----`, /could be read/],
    ["other bytes", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", /The certificate is damaged/],
    ["other bytes in the second", `${authority}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, /Certificate 2 is damaged/],
  ])("%s is refused", (_what, pem, words) => {
    expect(() => demandCertificates(pem, now)).toThrow(words);
    expect(() => demandCertificates(pem, now)).toThrow(expect.objectContaining({ issues: [{ path: "caCertificate", message: expect.stringMatching(words) }] }));
  });

  test("one that has expired is refused by name", () => {
    expect(() => demandCertificates(authority, new Date("2200-01-01"))).toThrow(/Test authority.+expired on 2126-/);
  });
});
