import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "./date-time.ts";

test.each(["2026-01-31T23:59", "2026-07-01T00:00", "1999-12-31T12:34"])("%s comes back from UTC", (local) => {
  const iso = fromLocalInput(local);
  expect(iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/);
  expect(toLocalInput(iso)).toBe(local);
});

test("nothing and nonsense are nothing", () => {
  expect([fromLocalInput(""), fromLocalInput("x"), toLocalInput(""), toLocalInput("x")]).toEqual(["", "", "", ""]);
});
