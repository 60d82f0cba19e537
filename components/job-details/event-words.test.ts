import { expect, test } from "vitest";
import { jobEvents } from "../../lib/jobs/transition.ts";
import { eventWords } from "./event-words.ts";

test.each([...jobEvents, "create", "priority", "limits", "delay"])("%s has words", (type) => expect(eventWords(type, false)).toMatch(/^[A-Z][a-z ]+$/));

test("tasks begin once, and go on after a pause", () => {
  expect(eventWords("activate", false)).toBe("Tasks began");
  expect(eventWords("activate", true)).toBe("Tasks go on");
});

test("an unknown event is shown by its name", () => {
  expect(eventWords("paused-by-moon", false)).toBe("paused-by-moon");
  expect(eventWords("toString", true)).toBe("toString");
});
