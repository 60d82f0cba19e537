import type { JobDetails, JobErrorView } from "#lib/jobs/job-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { Code } from "../ui/code.tsx";
import { formatNumber, formatPercent } from "../ui/number.tsx";
import { MoreButton, useMore } from "./more-button.tsx";
import type { ReportQuery } from "./report-query.ts";

/** How a job counts the codes past its fiftieth: together, so that none of them can be asked for. */
const isRest = (error: JobErrorView): boolean => error.code === "Other" && error.httpStatus === 0;

const firstCodes = 6;

interface ReportOutcomeProps {
  job: JobDetails;
  query: ReportQuery;
  onChange: (query: Partial<ReportQuery>) => void;
}

/** The whole report in figures; a press on a code shows its rows. */
export function ReportOutcome({ job, query, onChange }: ReportOutcomeProps) {
  const ran = job.succeededTasks + job.failedTasks;
  const { shown, left, more } = useMore(job.errors, firstCodes);
  const largest = Math.max(...job.errors.map((error) => error.count));
  return (
    <Card aria-label="Outcome" className="@container">
      <CardHeader title="Outcome" description="Of every task that ran, as the job counted them: one that failed counts by its last error." />
      <div className="grid gap-x-10 gap-y-5 px-5 py-4 @3xl:grid-cols-[15rem_1fr]">
        <div className="flex flex-col gap-3">
          <Total label="Succeeded" count={job.succeededTasks} of={ran} dot="bg-success-solid" />
          <Total label="Failed" count={job.failedTasks} of={ran} dot="bg-danger-solid" />
          <div aria-hidden className="flex h-1.5 gap-0.5 overflow-hidden rounded-full">
            {job.succeededTasks > 0 && <div className="min-w-1 bg-success-solid" style={{ flexGrow: job.succeededTasks }} />}
            {job.failedTasks > 0 && <div className="min-w-1 bg-danger-solid" style={{ flexGrow: job.failedTasks }} />}
          </div>
        </div>
        {job.errors.length === 0 ? (
          <p className="self-center text-text-muted">No task has failed.</p>
        ) : (
          <div className="min-w-0">
            <ul aria-label="Failures by code" className="flex flex-col">
              {shown.map((error) => (
                <li key={`${error.code} ${error.httpStatus}`}>
                  <CodeBar job={job} error={error} largest={largest} query={query} onChange={onChange} />
                </li>
              ))}
            </ul>
            {left > 0 && <MoreButton left={left} noun="code" onClick={more} className="mt-1.5" />}
          </div>
        )}
      </div>
    </Card>
  );
}

const Total = ({ label, count, of, dot }: { label: string; count: number; of: number; dot: string }) => (
  <div className="flex items-baseline gap-2.5">
    <span aria-hidden className={cn("size-2 shrink-0 rounded-full", dot)} />
    <span className="text-note text-text-muted">{label}</span>
    <span className="ml-auto font-medium text-base tabular-nums">{formatNumber(count)}</span>
    <span className="w-11 text-right text-note text-text-muted tabular-nums">{of === 0 ? "" : formatPercent(count / of)}</span>
  </div>
);

interface CodeBarProps extends ReportOutcomeProps {
  error: JobErrorView;
  largest: number;
}

function CodeBar({ job, error, largest, query, onChange }: CodeBarProps) {
  const chosen = query.code === error.code && (query.http === null ? error.code !== "" : query.http === error.httpStatus);
  const content = (
    <>
      <span className="flex min-w-0 items-center gap-2.5 @xl:w-72 @xl:shrink-0">
        <Code className="min-w-0 truncate">{isRest(error) ? "Other codes" : <SafeText text={error.code || "No answer"} max={60} still />}</Code>
        {error.httpStatus > 0 && <Badge>HTTP {error.httpStatus}</Badge>}
      </span>
      <span aria-hidden className="hidden h-1.5 flex-1 overflow-hidden rounded-full bg-surface-2 @xl:block">
        <span className="block h-full min-w-1 rounded-full bg-danger-solid" style={{ width: `${(error.count / largest) * 100}%` }} />
      </span>
      <span className="ml-auto shrink-0 text-right tabular-nums @xl:w-24">{formatNumber(error.count)}</span>
      <span className="w-11 shrink-0 text-right text-note text-text-muted tabular-nums">{formatPercent(error.count / Math.max(1, job.failedTasks))}</span>
    </>
  );
  const box = "-mx-2 flex w-[calc(100%+1rem)] items-center gap-3 rounded-lg px-2 py-1.5 text-left";
  if (isRest(error)) {
    return (
      <div className={box} title="The job met more than 50 codes and counted these together. Search the rows for the text of one.">
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={chosen ? "Show every code" : "Show only these"}
      onClick={() => onChange(chosen ? { code: "", http: null } : { status: "failed", code: error.code, http: error.httpStatus })}
      className={cn(box, "transition-colors", chosen ? "bg-accent-soft" : "hover:bg-surface-2")}
    >
      {content}
    </button>
  );
}
