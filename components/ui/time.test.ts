import { expect, test } from "vitest";
import { formatDuration, formatRelative } from "./time.tsx";

const now = new Date("2026-03-01T12:00:00Z");
const after = (seconds: number) => formatRelative(new Date(now.getTime() + seconds * 1000), now);

test.each([
  [0, "just now"],
  [-59, "just now"],
  // A moment that the page's clock has not reached yet.
  [14, "just now"],
  [40, "in less than a minute"],
  [-60, "1 minute ago"],
  [-119, "1 minute ago"],
  [-7_300, "2 hours ago"],
  [-86_400, "yesterday"],
  [30 * 86_400 - 5, "in 30 days"],
  [30 * 86_400, "in 30 days"],
  [-59 * 86_400, "59 days ago"],
  [-60 * 86_400, "2 months ago"],
  [-400 * 86_400, "13 months ago"],
  [-800 * 86_400, "2 years ago"],
])("%d s from now is %s", (seconds, words) => expect(after(seconds)).toBe(words));

test.each([
  [0, "0 s"],
  [45.4, "45 s"],
  [200, "3 min 20 s"],
  [7_500, "2 h 5 min"],
])("%d s last %s", (seconds, words) => expect(formatDuration(seconds)).toBe(words));
