import { expect, test } from "vitest";
import { jobEvents } from "../../lib/jobs/transition.ts";
import { eventWords } from "./event-words.ts";

test.each([...jobEvents, "create", "priority", "delay"])("%s has words", (type) => expect(eventWords(type)).toMatch(/^[A-Z][a-z ]+$/));

test("an unknown event is shown by its name", () => {
  expect(eventWords("paused-by-moon")).toBe("paused-by-moon");
  expect(eventWords("toString")).toBe("toString");
});
