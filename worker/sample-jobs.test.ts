import fc from "fast-check";
import { expect, test } from "vitest";
import { createJobSampler } from "./sample-jobs.ts";
import { createTail } from "./tail.ts";

const traffic = () => ({ inFlight: 0, throttled: 0 });
const chunk = (jobId: string, of = traffic()) => ({ jobId, live: { succeeded: 0, failed: 0 }, traffic: of });

test("however often it looks and is emptied, nothing is counted twice and nothing is missed", () => {
  const step = fc.record({ ms: fc.nat(9_000), succeeded: fc.nat(500), failed: fc.nat(5), throttled: fc.nat(3), take: fc.boolean(), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 1_000_000;
      const sampler = createJobSampler(() => now);
      const shared = traffic();
      const chunks = [chunk("a", shared), chunk("a", shared), chunk("b")];
      const recorded: ReturnType<typeof sampler.take> = [];
      steps.forEach(({ ms, succeeded, failed, throttled, take, fails }, at) => {
        now += ms;
        const one = chunks[at % 3] as (typeof chunks)[0];
        one.live.succeeded += succeeded;
        one.live.failed += failed;
        one.traffic.throttled += throttled;
        sampler.look(chunks, at % 2 === 0);
        if (!take) return;
        const samples = sampler.take();
        if (fails) sampler.giveBack(samples);
        else recorded.push(...samples);
      });
      sampler.look(chunks, true);
      recorded.push(...sampler.take());
      const sum = (name: "succeeded" | "failed" | "throttled") => recorded.reduce((total, sample) => total + sample[name], 0);
      expect([sum("succeeded"), sum("failed")]).toEqual([
        chunks.reduce((total, { live }) => total + live.succeeded, 0),
        chunks.reduce((total, { live }) => total + live.failed, 0),
      ]);
      expect(sum("throttled")).toBe(shared.throttled + (chunks[2]?.traffic.throttled ?? 0));
      for (const { at, firstAt, lastAt } of recorded) {
        expect(at % 5_000).toBe(0);
        expect(at <= firstAt && firstAt <= lastAt && lastAt < at + 5_000).toBe(true);
      }
    }),
  );
});

test("requests in flight count once for two chunks of a job, and not for a time in which it did not run", () => {
  let now = 0;
  const sampler = createJobSampler(() => now);
  const shared = { inFlight: 8, throttled: 0 };
  const chunks = [chunk("a", shared), chunk("a", shared)];
  for (now = 0; now <= 1_000; now += 100) sampler.look(chunks, true);
  expect(sampler.take()).toMatchObject([{ inFlightMs: 8_000, firstAt: 0, lastAt: 1_000 }]);
  sampler.look([], true);
  now = 60_000;
  sampler.look(chunks, true);
  now = 60_100;
  sampler.look(chunks, true);
  expect(sampler.take()).toMatchObject([{ at: 60_000, inFlightMs: 800, firstAt: 60_000 }]);
});

test("a tail keeps some tasks a second while it is open, and nothing otherwise", () => {
  const tail = createTail("e/", () => new Date(0));
  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) tail.add({ bucket: "b", key: `k\0${n}` }, { kind: "failed", httpStatus: 403, code: "AccessDenied", message: "no" });
  };
  add(100);
  expect(tail.news()).toBeNull();
  tail.open();
  add(100);
  expect(tail.news()).toHaveLength(20);
  expect(tail.news()).toBeNull();
  for (let second = 0; second < 5; second += 1) {
    tail.open();
    add(100);
  }
  const tasks = tail.news();
  expect(tasks).toHaveLength(50);
  expect(tasks?.at(-1)).toEqual({
    id: "e/120",
    at: "1970-01-01T00:00:00.000Z",
    bucket: "b",
    key: "k\uFFFD19",
    outcome: "failed",
    httpStatus: 403,
    code: "AccessDenied",
    message: "no",
  });
  tail.close();
  add(5);
  expect(tail.news()).toBeNull();
});
