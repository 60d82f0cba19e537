import { expect, it } from "vitest";
import { exportHref, filterChips, isFiltered, noFilter, type ReportQuery, rowsPath } from "./report-query.ts";

const all: ReportQuery = { status: "failed", code: "No&Such", http: 0, prefix: "a b/", text: " denied " };

it("asks the API for what the address says, and downloads the same", () => {
  const page = new URL(rowsPath("j/1", all, "0.10.3"), "http://x");
  expect(page.pathname).toBe("/api/jobs/j%2F1/report");
  const filter = { status: "failed", code: "No&Such", http: "0", prefix: "a b/", text: "denied" };
  expect(Object.fromEntries(page.searchParams)).toEqual({ ...filter, limit: "100", cursor: "0.10.3" });
  expect(Object.fromEntries(new URL(exportHref("j", all, "exact"), "http://x").searchParams)).toEqual({ ...filter, format: "exact" });
});

it("asks for everything where nothing is chosen", () => {
  expect(rowsPath("j", noFilter, null)).toBe("/api/jobs/j/report?limit=100");
  expect([isFiltered(noFilter), isFiltered({ ...noFilter, text: "  " }), isFiltered({ ...noFilter, http: 0 })]).toEqual([false, false, true]);
});

it("names each filter, with what takes it away", () => {
  expect(filterChips(noFilter)).toEqual([]);
  const chips = filterChips(all);
  expect(chips.map(({ label, value }) => `${label}: ${value}`)).toEqual(["Code: No&Such", "Answer: No answer", "Key begins with: a b/", "Contains: denied"]);
  expect(Object.assign({}, all, ...chips.map((chip) => chip.without))).toEqual({ ...noFilter, status: "failed" });
});
