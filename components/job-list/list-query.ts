import { type inferParserType, parseAsArrayOf, parseAsInteger, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs";
import { allStatuses } from "../job-status.ts";

export const sortColumns = ["description", "status", "operation", "priority", "totalTasks", "percent", "failedTasks", "createdAt"] as const;
export type SortColumn = (typeof sortColumns)[number];
export const pageSizes = [25, 50, 100] as const;

/** The list's whole state, kept in the address. Defaults stay out of it. */
export const listParsers = {
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(allStatuses)).withDefault([]),
  sort: parseAsStringLiteral(sortColumns).withDefault("createdAt"),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(25),
};
export type ListQuery = inferParserType<typeof listParsers>;

/** The query of `GET /api/jobs`. */
export function apiSearch(query: ListQuery): string {
  const search = new URLSearchParams({
    sort: query.sort,
    dir: query.dir,
    page: String(Math.max(1, query.page)),
    size: String(query.size),
  });
  if (query.q.trim()) search.set("q", query.q.trim());
  if (query.status.length > 0) search.set("status", query.status.join(","));
  return search.toString();
}

/** A first click sorts words from A and numbers from the largest; a second turns the order. */
export function nextSort(query: Pick<ListQuery, "sort" | "dir">, column: SortColumn): Pick<ListQuery, "sort" | "dir"> {
  if (query.sort === column) return { sort: column, dir: query.dir === "asc" ? "desc" : "asc" };
  const words: readonly SortColumn[] = ["description", "status", "operation"];
  return { sort: column, dir: words.includes(column) ? "asc" : "desc" };
}
