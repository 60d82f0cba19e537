import type { FacetOption, JobFacets } from "#lib/jobs/job-facets.ts";
import { roleNameOf } from "#lib/jobs/role-name.ts";
import { spanWords } from "../days.ts";
import type { FilterChip } from "../filter-chips.tsx";
import { statusGroups, statusWords } from "../job-status.ts";
import type { ListFilters } from "./list-query.ts";

type Chip = FilterChip<ListFilters>;

const labelOf = (options: readonly FacetOption[] | undefined, value: string): string => options?.find((option) => option.value === value)?.label ?? value;

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const dayWords = (day: string): string => spanWords(day) ?? dayFormat.format(new Date(`${day}T00:00:00`));

/** Each filter but the search and a group of statuses, which their own controls show. @param facets for the names of what the address has ids of */
export function chipsOf(query: ListFilters, facets: JobFacets | undefined): Chip[] {
  const each = (
    key: "operation" | "creator" | "role" | "connection",
    name: string,
    options: readonly FacetOption[] | undefined,
    words = (label: string) => label,
  ): Chip[] =>
    query[key].map((value) => ({
      key: `${key} ${value}`,
      name,
      value: words(labelOf(options, value)),
      without: { [key]: query[key].filter((other) => other !== value) },
    }));
  const group = statusGroups.find(({ statuses }) => statuses.length === query.status.length && statuses.every((status) => query.status.includes(status)));
  return [
    ...(query.description === null
      ? []
      : [{ key: "description", name: "Description", value: query.description === "" ? "none" : query.description, without: { description: null } }]),
    ...(group
      ? []
      : query.status.map((status) => ({
          key: `status ${status}`,
          name: "Status",
          value: statusWords(status).label,
          without: { status: query.status.filter((other) => other !== status) },
        }))),
    ...each("operation", "Operation", facets?.operations),
    ...each("creator", "Created by", facets?.creators),
    ...each("role", "Role", facets?.roles, roleNameOf),
    ...each("connection", "Connection", facets?.connections),
    ...(query.from === null
      ? []
      : [{ key: "from", name: spanWords(query.from) === null ? "Created from" : "Created", value: dayWords(query.from), without: { from: null } }]),
    ...(query.to === null ? [] : [{ key: "to", name: "Created until", value: dayWords(query.to), without: { to: null } }]),
    ...query.tag.map((tag) => ({ key: `tag ${tag}`, name: "Tag", value: tag, without: { tag: query.tag.filter((other) => other !== tag) } })),
    ...(query.failures ? [{ key: "failures", name: "Failures", value: "only with failures", without: { failures: false } }] : []),
    ...(query.dryRun === null ? [] : [{ key: "dryRun", name: "Dry runs", value: query.dryRun ? "only" : "none", without: { dryRun: null } }]),
  ];
}
