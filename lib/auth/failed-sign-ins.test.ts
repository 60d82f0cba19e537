import { expect, test } from "vitest";
import { FailedSignIns } from "./failed-sign-ins.ts";

test("so many in a minute are written, and the others told with the next", () => {
  const failures = new FailedSignIns(2, 1000);
  expect([0, 1, 2, 999].map((now) => failures.take(now))).toEqual([
    { write: true, unlisted: 0 },
    { write: true, unlisted: 0 },
    { write: false, unlisted: 0 },
    { write: false, unlisted: 0 },
  ]);
  expect([1000, 1001, 1002].map((now) => failures.take(now))).toEqual([
    { write: true, unlisted: 2 },
    { write: true, unlisted: 0 },
    { write: false, unlisted: 0 },
  ]);
});
