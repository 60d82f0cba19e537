import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs";

export const reportTabs = ["all", "succeeded", "failed"] as const;
export type ReportTab = (typeof reportTabs)[number];

/** What of the report is shown, kept in the address. */
export const reportParsers = {
  status: parseAsStringLiteral(reportTabs).withDefault("all"),
  code: parseAsString.withDefault(""),
};
export type ReportQuery = inferParserType<typeof reportParsers>;

export const reportPageSize = 100;

/** The query of `GET /api/jobs/:id/report`. */
export function reportSearch({ status, code }: ReportQuery, cursor: string | null): string {
  const search = new URLSearchParams({ limit: String(reportPageSize) });
  if (status !== "all") search.set("status", status);
  if (code !== "") search.set("code", code);
  if (cursor !== null) search.set("cursor", cursor);
  return search.toString();
}

/** Where one file of the report is downloaded from. */
export const reportFileHref = (jobId: string, key: string): string => `/api/jobs/${encodeURIComponent(jobId)}/report/file?key=${encodeURIComponent(key)}`;
