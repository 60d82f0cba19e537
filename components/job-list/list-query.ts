import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs";
import { type GroupSort, groupSorts, type JobSort, jobSorts } from "#lib/jobs/job-sorts.ts";
import { isDayOrSpan, momentAfter, momentOf } from "../days.ts";
import { allStatuses } from "../job-status.ts";

export const pageSizes = [25, 50, 100] as const;

const parseAsDay = createParser({ parse: (text) => (isDayOrSpan(text) ? text : null), serialize: String });
const words = parseAsArrayOf(parseAsString).withDefault([]);

/** What narrows the list down. */
const filterParsers = {
  q: parseAsString.withDefault(""),
  /** A whole description; null: any. */
  description: parseAsString,
  status: parseAsArrayOf(parseAsStringLiteral(allStatuses)).withDefault([]),
  operation: words,
  creator: words,
  role: words,
  connection: words,
  /** Days of the person's own zone, as 2026-11-28; `from` may be "7d", the last seven days. */
  from: parseAsDay,
  to: parseAsDay,
  tag: parseAsNativeArrayOf(parseAsString).withDefault([]),
  failures: parseAsBoolean.withDefault(false),
  /** Only dry runs, or none of them; null: both. */
  dryRun: parseAsBoolean,
};

/** What a saved filter keeps. */
const savedParsers = {
  ...filterParsers,
  view: parseAsStringLiteral(["jobs", "groups"]).withDefault("jobs"),
  sort: parseAsStringLiteral([...jobSorts, ...groupSorts]),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
};

/** The list's whole state, kept in the address. Defaults stay out of it. */
export const listParsers = {
  ...savedParsers,
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(25),
};
export type ListQuery = inferParserType<typeof listParsers>;
export type ListFilters = inferParserType<typeof filterParsers>;

export const noFilters: ListFilters = {
  q: "",
  description: null,
  status: [],
  operation: [],
  creator: [],
  role: [],
  connection: [],
  from: null,
  to: null,
  tag: [],
  failures: false,
  dryRun: null,
};

const serializeFilters = createSerializer(filterParsers);
const serialize = createSerializer(savedParsers);
const load = createLoader(savedParsers);

export const isFiltered = (query: ListFilters): boolean => query.q.trim() !== "" || serializeFilters({ ...filtersOnly(query), q: "" }) !== "";

export const filtersOnly = ({ q, description, status, operation, creator, role, connection, from, to, tag, failures, dryRun }: ListFilters): ListFilters => ({
  q,
  description,
  status,
  operation,
  creator,
  role,
  connection,
  from,
  to,
  tag,
  failures,
  dryRun,
});

/** What is saved under a name: the address without the page. */
export const savedQuery = (query: ListQuery): string =>
  serialize({ ...filtersOnly(query), view: query.view, sort: query.sort, dir: query.dir }).replace(/^\?/, "");

/** What was saved, as the list's state; anything that is not understood (any more) is left out. */
export const loadQuery = (saved: string) => load(`?${saved}`);

const has = <Name extends string>(names: readonly Name[], name: string | null): name is Name => names.some((known) => known === name);

/** The order of the list of jobs: another view's column is none. */
export const jobOrder = ({ sort, dir }: Pick<ListQuery, "sort" | "dir">): { sort: JobSort; dir: ListQuery["dir"] } =>
  has(jobSorts, sort) ? { sort, dir } : { sort: "createdAt", dir: "desc" };

export const groupOrder = ({ sort, dir }: Pick<ListQuery, "sort" | "dir">): { sort: GroupSort; dir: ListQuery["dir"] } =>
  has(groupSorts, sort) ? { sort, dir } : { sort: "lastCreatedAt", dir: "desc" };

/** The filters as the API takes them: moments for days. */
export function filterSearch(query: ListFilters, now: Date = new Date()): URLSearchParams {
  const search = new URLSearchParams();
  if (query.q.trim()) search.set("q", query.q.trim());
  if (query.description !== null) search.set("description", query.description);
  for (const name of ["status", "operation", "creator", "role", "connection"] as const) if (query[name].length > 0) search.set(name, query[name].join(","));
  if (query.from !== null) search.set("from", momentOf(query.from, now));
  if (query.to !== null) search.set("to", momentAfter(query.to, now));
  for (const tag of query.tag) search.append("tag", tag);
  if (query.failures) search.set("failures", "true");
  if (query.dryRun !== null) search.set("dryRun", String(query.dryRun));
  return search;
}

/** The query of `GET /api/jobs`, or of its groups. */
export function apiSearch(query: ListQuery, now?: Date): string {
  const { sort, dir } = query.view === "groups" ? groupOrder(query) : jobOrder(query);
  const search = new URLSearchParams({ sort, dir, page: String(Math.max(1, query.page)), size: String(query.size) });
  for (const [name, value] of filterSearch(query, now)) search.append(name, value);
  return search.toString();
}

/** Columns of words begin with A, all others with what is most or newest. */
const wordColumns: readonly string[] = ["description", "status", "operation", "creator", "role", "connection"];

/** A first click sorts words from A and numbers from the largest; a second turns the order. */
export function nextSort<Column extends JobSort | GroupSort>(
  order: { sort: Column; dir: ListQuery["dir"] },
  column: Column,
): { sort: Column; dir: ListQuery["dir"] } {
  if (order.sort === column) return { sort: column, dir: order.dir === "asc" ? "desc" : "asc" };
  return { sort: column, dir: wordColumns.includes(column) ? "asc" : "desc" };
}
