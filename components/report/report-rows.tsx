"use client";
import { Download } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { formatNumber } from "../ui/number.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ReportFiles } from "./report-files.tsx";
import { ReportFilters } from "./report-filters.tsx";
import { ReportOutcome } from "./report-outcome.tsx";
import { isFiltered, noFilter, type ReportQuery, type ReportTab, reportParsers } from "./report-query.ts";
import { ReportRowDialog } from "./report-row-dialog.tsx";
import { ReportTable } from "./report-table.tsx";
import { SearchProgress } from "./search-progress.tsx";
import { useReportSearch } from "./use-report-search.ts";

const download = lazily(() => import("./report-download.tsx"));

export function ReportRows({ job }: { job: JobDetails }) {
  const [query, setQuery] = useQueryStates(reportParsers);
  // What is typed is one step for Back, not one for each letter.
  const change = (next: Partial<ReportQuery>, typed = false) => void setQuery(next, { history: typed ? "replace" : "push" });
  const found = useReportSearch(job.id, query);
  const [open, setOpen] = useState<number | null>(null);
  const [downloading, setDownloading] = useState(false);
  const loaded = useLazy(download, downloading);
  const ended = !found.more && !found.going;
  return (
    <div className="flex flex-col gap-4">
      <ReportOutcome job={job} query={query} onChange={change} />
      {found.problem !== null && (
        <Alert tone="warning" title="The report is not as it was written">
          {found.problem}
        </Alert>
      )}
      <Card aria-label="Rows" className="@container overflow-hidden">
        <div className="flex flex-wrap items-center justify-between gap-x-6 border-border border-b px-5">
          <Tabs<ReportTab>
            label="Rows by status"
            value={query.status}
            onValueChange={(status) => change({ status, ...(status === "succeeded" && { code: "", http: null }) })}
            tabs={tabs(job)}
            className="min-w-0 pt-1 max-sm:w-full [&>[role=tablist]]:border-b-0 [&>[role=tabpanel]]:pt-0"
          />
          <Button size="sm" onClick={() => setDownloading(true)} className="max-sm:my-2 max-sm:w-full">
            <Download aria-hidden />
            {isFiltered(query) ? "Download these rows" : "Download rows"}
          </Button>
        </div>
        <ReportFilters job={job} query={query} onChange={change} />
        {found.error && (
          <Alert
            tone="danger"
            title="The report could not be read"
            className="m-5"
            actions={
              <Button size="sm" onClick={found.goOn}>
                Try again
              </Button>
            }
          >
            {found.error.message}
          </Alert>
        )}
        {found.rows.length === 0 && found.going && <RowsSkeleton />}
        {found.rows.length > 0 && (
          <div className={cn("transition-opacity", found.stale && "opacity-50")}>
            <ReportTable rows={found.rows} onOpen={setOpen} />
          </div>
        )}
        {found.rows.length === 0 && ended && found.error === null && (
          <EmptyState
            title="No row matches"
            action={
              <Button size="sm" onClick={() => change(noFilter)}>
                Show all rows
              </Button>
            }
          >
            Nothing in the report has all of what is asked for. Take a filter away.
          </EmptyState>
        )}
        <SearchProgress found={found} filtered={isFiltered(query)} />
      </Card>
      {found.files && job.reportLocation !== null && <ReportFiles job={job} location={job.reportLocation} files={found.files} />}
      <ReportRowDialog job={job} rows={found.rows} index={open} onIndexChange={setOpen} />
      {loaded && <loaded.ReportDownload job={job} query={query} open={downloading} onOpenChange={setDownloading} />}
    </div>
  );
}

function tabs(job: JobDetails): { value: ReportTab; label: string }[] {
  const failed = { value: "failed" as const, label: `Failed ${formatNumber(job.failedTasks)}` };
  if (job.definition.Report.Enabled && job.definition.Report.ReportScope === "FailedTasksOnly") return [{ value: "all", label: "All" }, failed];
  return [
    { value: "all", label: `All ${formatNumber(job.succeededTasks + job.failedTasks)}` },
    { value: "succeeded", label: `Succeeded ${formatNumber(job.succeededTasks)}` },
    failed,
  ];
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
