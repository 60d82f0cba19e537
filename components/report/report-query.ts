import { type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs";
import type { ExportFormat } from "#lib/reports/export-rows.ts";

export const reportTabs = ["all", "succeeded", "failed"] as const;
export type ReportTab = (typeof reportTabs)[number];

/** What of the report is shown, kept in the address. */
export const reportParsers = {
  status: parseAsStringLiteral(reportTabs).withDefault("all"),
  code: parseAsString.withDefault(""),
  /** 0: there was no answer. */
  http: parseAsInteger,
  prefix: parseAsString.withDefault(""),
  text: parseAsString.withDefault(""),
};
export type ReportQuery = inferParserType<typeof reportParsers>;

export const noFilter: ReportQuery = { status: "all", code: "", http: null, prefix: "", text: "" };

/** Whether rows may be left out by it. */
export const isFiltered = (query: ReportQuery): boolean => filterSearch(query).size > 0;

export const reportPageSize = 100;

function filterSearch({ status, code, http, prefix, text }: ReportQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (status !== "all") search.set("status", status);
  if (code !== "") search.set("code", code);
  if (http !== null) search.set("http", String(http));
  if (prefix !== "") search.set("prefix", prefix);
  if (text.trim() !== "") search.set("text", text.trim());
  return search;
}

const pathOf = (jobId: string): string => `/api/jobs/${encodeURIComponent(jobId)}/report`;

/** `GET` of a page of rows. */
export function rowsPath(jobId: string, query: ReportQuery, cursor: string | null): string {
  const search = filterSearch(query);
  search.set("limit", String(reportPageSize));
  if (cursor !== null) search.set("cursor", cursor);
  return `${pathOf(jobId)}?${search}`;
}

/** Where the rows that match are downloaded from. */
export function exportHref(jobId: string, query: ReportQuery, format: ExportFormat): string {
  const search = filterSearch(query);
  search.set("format", format);
  return `${pathOf(jobId)}/rows?${search}`;
}

/** Where one file of the report is downloaded from. */
export const reportFileHref = (jobId: string, key: string): string => `${pathOf(jobId)}/file?key=${encodeURIComponent(key)}`;

/** `POST` of a file's key, for a link to it. */
export const reportLinkPath = (jobId: string): string => `${pathOf(jobId)}/link`;

export const httpWords = (status: number): string => (status === 0 ? "No answer" : `HTTP ${status}`);

export interface FilterChip {
  label: string;
  value: string;
  /** What takes it away. */
  without: Partial<ReportQuery>;
}

/** What is asked for, one by one; the status has tabs of its own. */
export function filterChips({ code, http, prefix, text }: ReportQuery): FilterChip[] {
  const chips: FilterChip[] = [];
  if (code !== "") chips.push({ label: "Code", value: code, without: { code: "" } });
  if (http !== null) chips.push({ label: "Answer", value: httpWords(http), without: { http: null } });
  if (prefix !== "") chips.push({ label: "Key begins with", value: prefix, without: { prefix: "" } });
  if (text.trim() !== "") chips.push({ label: "Contains", value: text.trim(), without: { text: "" } });
  return chips;
}
