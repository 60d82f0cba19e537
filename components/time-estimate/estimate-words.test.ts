import { expect, it } from "vitest";
import type { MeasuredRates } from "#lib/jobs/estimate-time.ts";
import { estimateWords } from "./estimate-words.ts";

const none: MeasuredRates = { jobs: 0, slow: 0, fast: 0, maxRequestsPerSecond: null };
const some: MeasuredRates = { jobs: 3, slow: 834, fast: 2_149, maxRequestsPerSecond: null };
const unmeasured = "No job of this kind, of 1,000 objects or more, has run on this connection yet.";
const three = "The last 3 jobs of this kind on this connection did 830 to 2,100 objects a second.";

it.each<[string, Parameters<typeof estimateWords>, { time: string; because: string }]>([
  ["nothing is known", [5, none], { time: "Not known", because: unmeasured }],
  ["a few objects", [1_000, some], { time: "Less than a minute", because: three }],
  ["a minute or so", [100_000, some], { time: "Up to about 2 min", because: three }],
  ["minutes", [1_000_000, some], { time: "About 8 min to 20 min", because: three }],
  ["hours", [50_000_000, some], { time: "About 6 h 30 min to 16 h 40 min", because: three }],
  ["months", [20_000_000_000, some], { time: "About 107 d 17 h to 277 d 13 h", because: three }],
  ["uncounted", [null, some], { time: "About 8 min to 20 min for a million objects", because: three }],
  [
    "one job",
    [60_000, { ...some, jobs: 1, slow: 100, fast: 100 }],
    { time: "About 10 min", because: "The last job of this kind on this connection did about 100 objects a second." },
  ],
  [
    "a limit alone",
    [1_000_000, { ...none, maxRequestsPerSecond: 500 }],
    { time: "At least 35 min", because: "No job of this kind has run on this connection yet; it is limited to 500 requests a second." },
  ],
  [
    "a limit that says nothing",
    [10, { ...none, maxRequestsPerSecond: 500 }],
    { time: "Not known", because: "No job of this kind has run on this connection yet; it is limited to 500 requests a second." },
  ],
])("%s", (_name, asked, words) => expect(estimateWords(...asked)).toEqual(words));
