"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportPage } from "#lib/reports/read-report.ts";
import { api } from "../api-client.ts";
import { countOf } from "../job-progress.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ReportFiles } from "./report-files.tsx";
import { type ReportQuery, type ReportTab, reportParsers, reportSearch } from "./report-query.ts";
import { ReportTable } from "./report-table.tsx";

export function ReportRows({ job }: { job: JobDetails }) {
  const [query, setQuery] = useQueryStates(reportParsers);
  const rows = useInfiniteQuery({
    queryKey: ["report", job.id, query],
    queryFn: ({ pageParam, signal }) => api<ReportPage>(`/api/jobs/${encodeURIComponent(job.id)}/report?${reportSearch(query, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = rows.data?.pages.flatMap((page) => page.rows) ?? [];
  const files = rows.data?.pages[0]?.files;
  return (
    <div className="flex flex-col gap-4">
      <Card className="@container overflow-hidden">
        <div className="flex flex-wrap items-center justify-between gap-x-6 border-border border-b px-5">
          <Tabs<ReportTab>
            label="Rows by status"
            value={query.status}
            onValueChange={(status) =>
              setQuery({
                status,
                ...(status === "succeeded" && { code: null }),
              })
            }
            tabs={tabs(job)}
            className="min-w-0 pt-1 max-sm:w-full [&>[role=tablist]]:border-b-0 [&>[role=tabpanel]]:pt-0"
          />
          <CodeFilter
            job={job}
            query={query}
            onChange={(code) =>
              setQuery({
                code: code || null,
                ...(code && { status: "failed" as const }),
              })
            }
          />
        </div>
        {rows.error && (
          <Alert
            tone="danger"
            title="The report could not be read"
            className="m-5"
            actions={
              <Button size="sm" onClick={() => rows.refetch()}>
                Try again
              </Button>
            }
          >
            {rows.error.message}
          </Alert>
        )}
        {rows.isPending && <RowsSkeleton />}
        {rows.data && shown.length === 0 && !rows.hasNextPage && <EmptyState title="No row matches">Choose another tab or error code.</EmptyState>}
        {shown.length > 0 && <ReportTable rows={shown} />}
        {(shown.length > 0 || rows.hasNextPage) && (
          <div className="flex items-center justify-between gap-4 border-border border-t px-5 py-3">
            <p className="text-note text-text-muted tabular-nums" aria-live="polite">
              {shownWords(shown.length, rows.hasNextPage)}
            </p>
            {rows.hasNextPage && (
              <Button size="sm" loading={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
                {shown.length > 0 ? "Load more" : "Look further"}
              </Button>
            )}
          </div>
        )}
      </Card>
      {files && job.reportLocation !== null && <ReportFiles jobId={job.id} location={job.reportLocation} files={files} />}
    </div>
  );
}

/** A page looks at many rows for few that match, so it may have none and still not be the last. */
function shownWords(shown: number, more: boolean): string {
  if (shown === 0) return "None among the rows looked at so far";
  return more ? `First ${countOf(shown, "row")}` : countOf(shown, "row");
}

function tabs(job: JobDetails): { value: ReportTab; label: string }[] {
  const failed = {
    value: "failed" as const,
    label: `Failed ${formatNumber(job.failedTasks)}`,
  };
  if (job.definition.Report.Enabled && job.definition.Report.ReportScope === "FailedTasksOnly") return [{ value: "all", label: "All" }, failed];
  return [
    {
      value: "all",
      label: `All ${formatNumber(job.succeededTasks + job.failedTasks)}`,
    },
    {
      value: "succeeded",
      label: `Succeeded ${formatNumber(job.succeededTasks)}`,
    },
    failed,
  ];
}

const every = "*";

function CodeFilter({ job, query, onChange }: { job: JobDetails; query: ReportQuery; onChange: (code: string) => void }) {
  const codes = [...new Set(job.errors.map((error) => error.code))];
  if (codes.length === 0 || query.status === "succeeded") return null;
  return (
    <div className="py-2 max-sm:w-full sm:w-56">
      <Select
        aria-label="Error code"
        size="sm"
        value={query.code || every}
        onValueChange={(code) => onChange(code === every ? "" : code)}
        options={[{ value: every, label: "Every error code" }, ...codes.map((code) => ({ value: code, label: code }))]}
      />
    </div>
  );
}

const RowsSkeleton = () => (
  <div role="status" aria-label="Reading the report" className="divide-y divide-border">
    {["a", "b", "c", "d", "e", "f"].map((row) => (
      <div key={row} className="flex h-11 items-center gap-6 px-5">
        <Skeleton className="flex-1" />
        <Skeleton className="w-20" />
        <Skeleton className="w-40 max-sm:hidden" />
      </div>
    ))}
  </div>
);
