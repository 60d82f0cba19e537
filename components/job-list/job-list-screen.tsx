"use client";
import { Bookmark, Columns3, Download, Plus, SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { createSerializer, debounce, useQueryStates } from "nuqs";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useJobs } from "../job-api.ts";
import { countOf } from "../job-progress.ts";
import { SearchBox } from "../search-box.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { useCan } from "../use-can.tsx";
import { useDebounced, useLongWait } from "../use-debounced.ts";
import { useMedia } from "../use-media.ts";
import { chipsOf } from "./chips-of.ts";
import { useColumns } from "./column-choice.ts";
import { useFacets, useGroups } from "./job-list-api.ts";
import { JobTable } from "./job-table.tsx";
import {
  apiSearch,
  filterSearch,
  filtersOnly,
  groupOrder,
  isFiltered,
  jobOrder,
  type ListFilters,
  type ListQuery,
  listParsers,
  loadQuery,
  noFilters,
  pageSizes,
  savedQuery,
} from "./list-query.ts";
import { ListSkeleton } from "./list-skeleton.tsx";
import { useRowKeys } from "./row-keys.ts";
import { StatusFilter } from "./status-filter.tsx";
import { useSelection } from "./use-selection.ts";
import { ViewSwitch } from "./view-switch.tsx";

// What not every list shows comes after the page's first load.
const JobCards = dynamic(() => import("./job-cards.tsx").then((module) => module.JobCards), { loading: () => <ListSkeleton /> });
const NoJobs = dynamic(() => import("./job-list-empty.tsx").then((module) => module.NoJobs), { loading: () => null });
const NothingMatches = dynamic(() => import("./job-list-empty.tsx").then((module) => module.NothingMatches), { loading: () => null });
const SelectionBar = dynamic(() => import("./selection-bar.tsx").then((module) => module.SelectionBar), { ssr: false });
const GroupList = dynamic(() => import("./group-list.tsx").then((module) => module.GroupList), { loading: () => <ListSkeleton /> });
const FilterChips = dynamic(() => import("../filter-chips.tsx").then((module) => module.FilterChips<ListFilters>), { loading: () => null });
const SavedFiltersMenu = dynamic(() => import("./saved-filters-menu.tsx").then((module) => module.SavedFiltersMenu), {
  ssr: false,
  // As wide as what takes its place.
  loading: () => (
    <Button disabled>
      <Bookmark aria-hidden />
      Saved
    </Button>
  ),
});
const ColumnsButton = dynamic(() => import("./columns-button.tsx").then((module) => module.ColumnsButton), {
  ssr: false,
  loading: () => (
    <Button size="sm" disabled>
      <Columns3 aria-hidden />
      Columns
    </Button>
  ),
});
const FilterDialog = dynamic(() => import("./filter-dialog.tsx").then((module) => module.FilterDialog), { ssr: false });

const serialize = createSerializer(listParsers);
const empty: readonly never[] = [];

export function JobListScreen() {
  const [query, setQuery] = useQueryStates(listParsers);
  const q = useDebounced(query.q, 250);
  const grouped = query.view === "groups";
  const search = apiSearch({ ...query, q });
  const jobs = useJobs(search, !grouped);
  const groups = useGroups(grouped ? search : null);
  const { data, error, refetch, isPlaceholderData } = grouped ? groups : jobs;
  const wide = useMedia("(min-width: 74rem)", true);
  const { columns } = useColumns();
  const [filtersOpen, setFiltersOpen] = useState(false);
  const mayCreate = useCan("job.create");
  const mayChange = [useCan("job.cancel"), useCan("job.priority"), useCan("job.pause")].some(Boolean);

  const named = query.operation.length + query.creator.length + query.role.length + query.connection.length > 0;
  const chips = chipsOf(query, useFacets(named).data);
  const filtered = isFiltered(query);
  // A hundred new rows are prepared while the page goes on listening; until they are there, the answer before stands for all of the list.
  const shownJobs = useDeferredValue(jobs.data);
  const shown = grouped ? groups.data : shownJobs;
  const rows = shownJobs?.jobs ?? empty;
  const waits = isPlaceholderData || shown !== data;
  const dimmed = useLongWait(waits);
  const ids = useMemo(() => rows.map((job) => job.id), [rows]);
  const selection = useSelection(ids, `${query.view} ${filterSearch({ ...query, q })}`);
  const choosing = mayChange && !grouped ? selection : null;
  useRowKeys({ toggle: choosing?.toggle ?? null, clear: selection.clear });

  // A page that has ceased to exist gives way to the last one there is.
  const lastPage = data && !isPlaceholderData ? Math.max(1, Math.ceil(data.total / query.size)) : null;
  const page = Math.max(1, query.page);
  useEffect(() => {
    if (lastPage !== null && page > lastPage) setQuery({ page: lastPage });
  }, [page, lastPage, setQuery]);

  const change = (next: Partial<ListQuery>) => setQuery({ ...next, page: null });
  const clear = (kept: Partial<ListFilters> = {}) => change({ ...noFilters, ...kept });
  const hrefOf = (description: string) => `/jobs${serialize({ ...filtersOnly(query), description })}`;
  const listed = grouped ? (groups.data?.groups.length ?? 0) : rows.length;
  const noun = grouped ? "description" : "job";
  return (
    <>
      <PageHeader
        title="Jobs"
        actions={
          mayCreate && (
            <Link href="/jobs/new" className={buttonClass({ variant: "primary" })}>
              <Plus aria-hidden />
              Create job
            </Link>
          )
        }
      />
      <div className="mb-2.5 flex flex-wrap items-center gap-2.5 max-sm:[&>search]:basis-full">
        <SearchBox
          value={query.q}
          onChange={(text) => setQuery({ q: text, page: null }, { limitUrlUpdates: debounce(250) })}
          label="Search jobs by description or id"
          placeholder="Search description or id"
          group="List of jobs"
        />
        <StatusFilter value={query.status} onChange={(status) => change({ status })} />
        <Button aria-haspopup="dialog" onClick={() => setFiltersOpen(true)}>
          <SlidersHorizontal aria-hidden />
          Filters
          {chips.length > 0 && <span className="rounded bg-accent-soft px-1.5 text-accent-text text-xs tabular-nums">{chips.length}</span>}
        </Button>
        <SavedFiltersMenu query={savedQuery(query)} onPick={(saved) => setQuery({ ...loadQuery(saved), page: null }, { history: "push" })} />
      </div>
      <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {choosing && choosing.chosen.size > 0 ? (
          <SelectionBar selection={choosing} total={jobs.data?.total ?? 0} search={search} />
        ) : (
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
            {/* The search and the filters are what a person changes; what came of it is told. */}
            <span aria-live="polite" className="text-note text-text-muted tabular-nums">
              {data && !isPlaceholderData ? countOf(data.total, noun) : " "}
            </span>
            {chips.length > 0 && <FilterChips chips={chips} onChange={change} onClear={() => clear({ q: query.q, status: [] })} />}
          </div>
        )}
        {/* They give their room to what can be done with the chosen jobs, so that nothing moves. */}
        {!(choosing && choosing.chosen.size > 0) && (
          <div className="ml-auto flex items-center gap-2">
            <ViewSwitch value={query.view} onChange={(view) => change({ view, sort: null, dir: "desc" })} />
            {!grouped && wide && (
              <div className="max-[74rem]:hidden">
                <ColumnsButton />
              </div>
            )}
            {!grouped && (
              <a
                href={`/api/jobs/export?${search.replace(/&page=\d+&size=\d+/, "")}`}
                download
                title="All jobs that match, as CSV"
                className={buttonClass({ size: "sm" })}
              >
                <Download aria-hidden />
                CSV
              </a>
            )}
          </div>
        )}
      </div>
      {error && (
        <Alert
          tone="danger"
          className="mb-4"
          title={data ? "The list could not be brought up to date" : "The jobs could not be read"}
          actions={
            <Button size="sm" onClick={() => refetch()}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Alert>
      )}
      <Card className="overflow-hidden">
        {!shown && !error && <ListSkeleton />}
        {shown && listed > 0 && (
          <div className={dimmed ? "opacity-60" : undefined} aria-busy={waits}>
            {grouped ? (
              <GroupList groups={groups.data?.groups ?? empty} order={groupOrder(query)} onSort={change} hrefOf={hrefOf} wide={wide} />
            ) : wide ? (
              <JobTable jobs={rows} shown={columns} order={jobOrder(query)} onSort={change} selection={choosing} />
            ) : (
              <JobCards jobs={rows} selection={choosing} />
            )}
          </div>
        )}
        {shown &&
          shown.total === 0 &&
          (filtered ? (
            <NothingMatches searched={query.q.trim() !== ""} filters={chips.length} onClear={() => clear()} onClearFilters={() => clear({ q: query.q })} />
          ) : (
            <NoJobs mayCreate={mayCreate} />
          ))}
      </Card>
      {shown && shown.total > 0 && (
        <Pagination
          className="mt-3"
          page={page}
          size={query.size}
          total={shown.total}
          sizes={pageSizes}
          onPageChange={(next) => setQuery({ page: next }, { history: "push" })}
          onSizeChange={(size) => change({ size: size as ListQuery["size"] })}
        />
      )}
      {filtersOpen && (
        <FilterDialog
          query={query}
          total={isPlaceholderData ? undefined : data?.total}
          noun={noun}
          onChange={change}
          onClear={() => clear({ q: query.q })}
          onClose={() => setFiltersOpen(false)}
        />
      )}
    </>
  );
}
