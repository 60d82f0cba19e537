import { expect, it } from "vitest";
import { createAdmission, type Lane } from "./admission.ts";
import { createCap } from "./cap.ts";
import { firstLimit } from "./concurrency.ts";

function start() {
  let now = 1_000_000;
  const admission = createAdmission(() => now);
  const lane: Lane = { endpoint: admission.endpoint("connection"), jobCap: createCap() };
  const enterAll = (bucket = "bucket", through = lane): number => {
    let entered = 0;
    while (entered < 10_000 && admission.tryEnter(through, bucket, false)) entered += 1;
    return entered;
  };
  return {
    admission,
    lane,
    enterAll,
    advance: (ms: number) => {
      now += ms;
    },
    now: () => now,
  };
}

it("begins with some requests at once, each bucket for itself", () => {
  const { enterAll } = start();
  expect(enterAll("one")).toBe(firstLimit);
  expect(enterAll("two")).toBe(firstLimit);
});

it("keeps within the connection's cap, whatever the bucket and the job", () => {
  const { admission, lane, enterAll, now } = start();
  lane.endpoint.cap.setShare({ inFlight: 10, perSecond: null }, now());
  expect(enterAll("one")).toBe(10);
  expect(enterAll("two")).toBe(0);
  const other: Lane = { endpoint: admission.endpoint("connection"), jobCap: createCap() };
  expect(enterAll("one", other)).toBe(0);
  admission.leave(lane, "one", "fine", false);
  expect(enterAll("two", other)).toBe(1);
});

it("keeps within the job's own cap, and leaves others alone", () => {
  const { admission, lane, enterAll, now } = start();
  lane.jobCap.setShare({ inFlight: 3, perSecond: null }, now());
  expect(enterAll()).toBe(3);
  expect(enterAll("bucket", { endpoint: admission.endpoint("connection"), jobCap: createCap() })).toBe(firstLimit - 3);
});

it("spreads requests over the second", () => {
  const { lane, enterAll, advance, now } = start();
  lane.endpoint.cap.setShare({ inFlight: null, perSecond: 20 }, now());
  let entered = 0;
  for (let ms = 0; ms < 1_000; ms += 10) {
    advance(10);
    entered += enterAll();
  }
  expect(entered).toBe(20);
});

it("asks a store in trouble again only as often as its budget allows, and recovers with what succeeds", () => {
  const { admission, lane, advance } = start();
  const retry = () => admission.tryEnter(lane, "bucket", true);
  const fail = () => {
    expect(retry()).toBe(true);
    admission.leave(lane, "bucket", "trouble", false);
  };
  for (let count = 0; count < 500; count += 1) fail();
  expect(retry()).toBe(false);
  advance(100);
  expect(retry()).toBe(true);
  expect(retry()).toBe(false);
  admission.leave(lane, "bucket", "fine", true);
  for (let count = 0; count < 2; count += 1) fail();
  expect(retry()).toBe(false);
});

it("wakes those who wait, the highest priority first, then the first come", () => {
  const { admission } = start();
  let woken: string[] = [];
  let priority = 1;
  admission.onFree(
    () => woken.push("first"),
    () => 1,
  );
  const end = admission.onFree(
    () => woken.push("second"),
    () => priority,
  );
  const wake = () => {
    woken = [];
    admission.wake();
    return woken;
  };
  expect(wake()).toEqual(["first", "second"]);
  priority = 2;
  admission.sort();
  expect(wake()).toEqual(["second", "first"]);
  end();
  expect(wake()).toEqual(["first"]);
});

it("gives other jobs what one job's own cap keeps it from using", () => {
  const { admission, lane, enterAll, now } = start();
  lane.jobCap.setShare({ inFlight: 2, perSecond: null }, now());
  expect(enterAll()).toBe(2);
  for (let answers = 0; answers < 1_000; answers += 1) {
    admission.leave(lane, "bucket", "fine", false);
    enterAll();
  }
  expect(enterAll("bucket", { endpoint: admission.endpoint("connection"), jobCap: createCap() })).toBe(firstLimit - 2);
});

it("gives places in two buckets or in none, and neither while the other is full", () => {
  const { admission, lane, enterAll, now } = start();
  const there: Lane = { endpoint: admission.endpoint("another"), jobCap: createCap() };
  there.endpoint.cap.setShare({ inFlight: 2, perSecond: null }, now());
  const both = () => admission.tryEnterBoth({ lane: there, bucket: "to" }, { lane, bucket: "from" }, false);
  expect([both(), both(), both()]).toEqual([true, true, false]);
  expect(enterAll("from")).toBe(firstLimit - 2);
  admission.leave(there, "to", "fine", false);
  expect(both()).toBe(false);
  expect(admission.tryEnter(there, "to", false)).toBe(true);
});
