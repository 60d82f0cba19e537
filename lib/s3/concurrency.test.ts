import { describe, expect, it } from "vitest";
import { type Answer, adapt, type Concurrency, startConcurrency } from "./concurrency.ts";

/** Plays rounds in which the limit is used to the full. */
function play(
  state: Concurrency,
  answers: Answer[],
  { most = 512, saturated = false, msPerAnswer = 1, inFlight = (limit: number) => Math.floor(limit) } = {},
): Concurrency {
  let now = Date.parse("2026-11-22");
  for (const answer of answers) {
    now += msPerAnswer;
    adapt(state, answer, inFlight(state.limit), most, now, saturated);
  }
  return state;
}
const fine = (count: number): Answer[] => Array.from({ length: count }, () => "fine");
const settled = (limit: number): Concurrency => ({ ...startConcurrency(), limit, probing: false });

describe("without trouble", () => {
  it.each([
    ["doubles with the first round", startConcurrency(), 64, 128],
    ["doubles again", startConcurrency(), 64 + 128, 256],
    ["stays while a round lasts", startConcurrency(), 63, 64],
    ["adds a little with each round once there was trouble", settled(100), 100, 104],
    ["and again", settled(100), 100 + 104, 108],
  ])("%s", (_name, state, answers, limit) => expect(play(state, fine(answers)).limit).toBe(limit));

  it("stops at the most that is allowed", () => expect(play(startConcurrency(), fine(10_000), { most: 200 }).limit).toBe(200));
  it("is raised once in 50 ms at most", () => expect(play(startConcurrency(), fine(10_000), { msPerAnswer: 0.01 }).limit).toBe(256));
  it("is not raised while nobody needs it", () => expect(play(startConcurrency(), fine(1_000), { inFlight: () => 10 }).limit).toBe(64));
  it("is not raised while this process is the one that is slow", () => expect(play(startConcurrency(), fine(1_000), { saturated: true }).limit).toBe(64));
});

describe("with trouble", () => {
  it.each([
    ["falls by three tenths", settled(100), ["trouble"], 70],
    ["falls once for all that was in flight", settled(100), Array.from({ length: 100 }, () => "trouble" as const), 70],
    ["falls again when the next ones meet it, too", settled(100), Array.from({ length: 101 }, () => "trouble" as const), 49],
    ["never falls below one", settled(1), ["trouble", "trouble", "trouble"], 1],
  ] as const)("%s", (_name, state, answers, limit) => expect(play({ ...state }, [...answers]).limit).toBeCloseTo(limit));

  it("falls from what was in flight, not from a limit that was never reached", () =>
    expect(play(settled(400), ["trouble"], { inFlight: () => 10 }).limit).toBeCloseTo(7));
  it("ends the doubling", () => expect(play(startConcurrency(), ["trouble"]).probing).toBe(false));
  it("grows back step by step", () => {
    expect(play(settled(100), ["trouble", ...fine(99)]).limit).toBeCloseTo(70);
    expect(play(settled(100), ["trouble", ...fine(99 + 70)]).limit).toBeCloseTo(74);
  });
});
