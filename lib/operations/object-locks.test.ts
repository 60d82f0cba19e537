import { describe, expect, it } from "vitest";
import { ensureLocks, type Locks, locksIn, readLocks, stillHolding } from "./object-locks.ts";
import { asLine, playSteps, type Said } from "./testing/play-steps.ts";

const now = new Date("2026-01-01T00:00:00Z");
const retention = { mode: "GOVERNANCE", until: "2027-01-01T00:00:00.000Z" };
const headers = (mode: string, until: string) => ({ "x-amz-object-lock-mode": mode, "x-amz-object-lock-retain-until-date": until });

it.each<[Locks, Locks]>([
  [
    { retention, legalHold: true },
    { retention, legalHold: true },
  ],
  [
    { retention: { mode: "COMPLIANCE", until: "2026-01-01T00:00:00Z" }, legalHold: true },
    { retention: null, legalHold: true },
  ],
  [
    { retention: null, legalHold: false },
    { retention: null, legalHold: false },
  ],
])("of %j what still holds is %j", (locks, holding) => expect(stillHolding(locks, now)).toEqual(holding));

describe("locks that an object was made with", () => {
  const place = { bucket: "b", key: "k", versionId: "v" };
  const play = async (locks: Locks, head: Said, put: Said = {}) => {
    const { end, sent } = await playSteps(ensureLocks(place, locks), (request) => (asLine(request).startsWith("HEAD") ? head : put));
    return { end, lines: sent.map(asLine) };
  };

  it.each<[string, Locks, Said, string[]]>([
    ["none: nothing is asked", { retention: null, legalHold: false }, {}, []],
    ["kept", { retention, legalHold: false }, { headers: headers("GOVERNANCE", "2027-01-01T00:00:00Z") }, ["HEAD b/k"]],
    ["made stricter by the bucket", { retention, legalHold: false }, { headers: headers("COMPLIANCE", "2028-01-01T00:00:00Z") }, ["HEAD b/k"]],
    ["dropped", { retention, legalHold: true }, {}, ["HEAD b/k", "PUT b/k?retention", "PUT b/k?legal-hold"]],
    ["shortened", { retention, legalHold: false }, { headers: headers("GOVERNANCE", "2026-06-01T00:00:00Z") }, ["HEAD b/k", "PUT b/k?retention"]],
    [
      "weakened",
      { retention: { ...retention, mode: "COMPLIANCE" }, legalHold: false },
      { headers: headers("GOVERNANCE", retention.until) },
      ["HEAD b/k", "PUT b/k?retention"],
    ],
    ["hidden from the role", { retention, legalHold: false }, { code: "AccessDenied", httpStatus: 403 }, ["HEAD b/k", "PUT b/k?retention"]],
  ])("%s", async (_what, locks, head, lines) => expect(await play(locks, head)).toEqual({ end: { value: undefined }, lines }));

  it("and that cannot be given afterwards fail its task", async () => {
    const { end } = await play({ retention, legalHold: false }, {}, { code: "InvalidRequest", httpStatus: 400, message: "no lock here" });
    expect(end).toMatchObject({ failure: { code: "LockNotKept", message: expect.stringContaining("no lock here") } });
  });
});

describe("the locks of an object", () => {
  const retained = { body: `<Retention><Mode>${retention.mode}</Mode><RetainUntilDate>${retention.until}</RetainUntilDate></Retention>` };
  it.each<[string, Said, Said, Locks]>([
    ["both", retained, { body: "<LegalHold><Status>ON</Status></LegalHold>" }, { retention, legalHold: true }],
    [
      "none, as AWS says it",
      { code: "NoSuchObjectLockConfiguration", httpStatus: 404 },
      { body: "<LegalHold><Status>OFF</Status></LegalHold>" },
      { retention: null, legalHold: false },
    ],
    [
      "none, without Object Lock",
      { code: "InvalidRequest", httpStatus: 400, message: "Bucket is missing Object Lock Configuration" },
      { code: "ObjectLockConfigurationNotFoundError", httpStatus: 404 },
      { retention: null, legalHold: false },
    ],
  ])("are %s", async (_what, ofRetention, ofHold, locks) => {
    const { end } = await playSteps(readLocks({ bucket: "b", key: "k" }), (request) => (asLine(request).endsWith("?retention") ? ofRetention : ofHold));
    expect(end).toEqual({ value: locks });
  });

  it("are not taken for none where the role may not read them", async () => {
    const { end } = await playSteps(readLocks({ bucket: "b", key: "k" }), () => ({ code: "AccessDenied", httpStatus: 403 }));
    expect(end).toMatchObject({ failure: { code: "AccessDenied" } });
  });

  it("are read from headers whatever their case", () => {
    expect(locksIn({ "x-amz-object-lock-legal-hold": "on" })).toEqual({ retention: null, legalHold: true });
  });
});
