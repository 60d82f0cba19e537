import { describe, expect, it } from "vitest";
import { sentence } from "./sentence.ts";

describe("sentence", () => {
  it("completes fragments only", () => {
    expect(sentence("Priority", "must be a whole number")).toBe("Priority must be a whole number");
    expect(sentence("Priority", "Choose one")).toBe("Choose one");
  });
});
