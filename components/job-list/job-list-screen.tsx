"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import { debounce, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { useJobs } from "../job-api.ts";
import { Alert } from "../ui/alert.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useCan } from "../use-can.tsx";
import { useDebounced } from "../use-debounced.ts";
import { JobCards } from "./job-cards.tsx";
import { NoJobs, NothingMatches } from "./job-list-empty.tsx";
import { JobTable } from "./job-table.tsx";
import { apiSearch, type ListQuery, listParsers, pageSizes } from "./list-query.ts";
import { SearchBox } from "./search-box.tsx";
import { StatusFilter } from "./status-filter.tsx";

export function JobListScreen() {
  const [query, setQuery] = useQueryStates(listParsers);
  const q = useDebounced(query.q, 250);
  const { data, error, refetch, isPlaceholderData } = useJobs(apiSearch({ ...query, q }));
  const mayCreate = useCan("job.create");
  const filtered = query.q.trim() !== "" || query.status.length > 0;

  // A page that has ceased to exist gives way to the last one there is.
  const lastPage = data && !isPlaceholderData ? Math.max(1, Math.ceil(data.total / query.size)) : null;
  const page = Math.max(1, query.page);
  useEffect(() => {
    if (lastPage !== null && page > lastPage) setQuery({ page: lastPage });
  }, [page, lastPage, setQuery]);

  const change = (next: Partial<ListQuery>) => setQuery({ ...next, page: null });
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
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2.5 max-sm:flex-col max-sm:items-stretch">
        <SearchBox value={query.q} onChange={(text) => setQuery({ q: text, page: null }, { limitUrlUpdates: debounce(250) })} />
        <StatusFilter value={query.status} onChange={(status) => change({ status })} />
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
      <Card className="@container overflow-hidden">
        {!data && !error && <ListSkeleton />}
        {data && data.jobs.length > 0 && (
          <div className={isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined} aria-busy={isPlaceholderData}>
            <div className="hidden @4xl:block">
              <JobTable jobs={data.jobs} query={query} onSort={change} />
            </div>
            <div className="@4xl:hidden">
              <JobCards jobs={data.jobs} />
            </div>
          </div>
        )}
        {data && data.total === 0 && (filtered ? <NothingMatches onClear={() => change({ q: "", status: [] })} /> : <NoJobs mayCreate={mayCreate} />)}
      </Card>
      {data && data.total > 0 && (
        <Pagination
          className="mt-3"
          page={page}
          size={query.size}
          total={data.total}
          sizes={pageSizes}
          onPageChange={(next) => setQuery({ page: next }, { history: "push" })}
          onSizeChange={(size) => change({ size: size as ListQuery["size"] })}
        />
      )}
    </>
  );
}

const ListSkeleton = () => (
  <div role="status" aria-label="Reading the jobs" className="divide-y divide-border">
    {["a", "b", "c", "d", "e", "f"].map((row) => (
      <div key={row} className="flex h-16 items-center gap-6 px-5">
        <Skeleton className="h-5.5 w-20" />
        <Skeleton className="flex-1" />
        <Skeleton className="w-28 max-sm:hidden" />
        <Skeleton className="w-36 max-sm:hidden" />
      </div>
    ))}
  </div>
);
