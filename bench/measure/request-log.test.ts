import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { followRequestLog } from "./request-log.ts";

const dir = mkdtempSync(join(tmpdir(), "longshore-log-"));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("a request counts from when it came, and a line that is not whole yet waits", () => {
  const file = join(dir, "requests.log");
  appendFileSync(file, "1000.520 0.020 /bucket/a\n1000.6");
  const log = followRequestLog(file);
  expect(log()).toEqual([{ at: 1_000_500, path: "/bucket/a" }]);
  expect(log()).toEqual([]);
  appendFileSync(file, "20 0.020 /bucket/b\n");
  expect(log()).toEqual([{ at: 1_000_600, path: "/bucket/b" }]);
});
