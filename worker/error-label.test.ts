import { expect, it } from "vitest";
import { errorLabel } from "./error-label.ts";

it.each([
  ["NoSuchKey", "NoSuchKey"],
  ["SlowDown", "SlowDown"],
  ["ECONNRESET", "NetworkError"],
  ["ECONNInvented7", "NetworkError"],
  ["InventedByAHostileStore7", "Other"],
  ["constructor", "Other"],
  ["__proto__", "Other"],
  ["", "Other"],
])("%s is counted as %s", (code, label) => {
  expect(errorLabel(code)).toBe(label);
});
