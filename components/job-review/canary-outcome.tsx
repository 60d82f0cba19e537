import type { JobDetails } from "#lib/jobs/job-views.ts";
import { firstOf } from "../canary-words.ts";
import { FailuresCard } from "../job-details/failures-card.tsx";
import { countOf, failureShare } from "../job-progress.ts";
import { Card, CardBody } from "../ui/card.tsx";
import { formatNumber } from "../ui/number.tsx";
import { tasksLeft, tasksRun } from "./canary-size.ts";

/** What came of the objects that have run, before anything is said about the rest; nothing where none has. */
export function CanaryOutcome({ job }: { job: JobDetails }) {
  const ran = tasksRun(job);
  if (ran === 0) return null;
  const share = (count: number) => `${(count / ran) * 100}%`;
  return (
    <>
      <Card aria-label="Outcome so far">
        <CardBody className="py-5">
          <h2 className="font-semibold text-lg">
            {firstOf(job, ran)} {ran === 1 ? "has" : "have"} run
          </h2>
          <p className="mt-1 text-text-muted">
            {outcome(job)} {countOf(tasksLeft(job), "object")} {tasksLeft(job) === 1 ? "is" : "are"} left, and nothing happens to them before you decide.
          </p>
          <div aria-hidden className="mt-4 flex h-2.5 w-full overflow-hidden rounded-full bg-surface-3">
            <div className="h-full bg-success-solid" style={{ width: share(job.succeededTasks) }} />
            <div className="h-full bg-danger-solid" style={{ width: share(job.failedTasks), minWidth: job.failedTasks > 0 ? 3 : 0 }} />
          </div>
          <dl className="mt-4 flex flex-wrap gap-x-10 gap-y-3">
            <Figure term="Succeeded" dot="bg-success-solid" value={formatNumber(job.succeededTasks)} />
            <Figure term="Failed" dot="bg-danger-solid" value={formatNumber(job.failedTasks)} aside={job.failedTasks > 0 ? failureShare(job) : null} />
          </dl>
        </CardBody>
      </Card>
      <FailuresCard job={job} />
    </>
  );
}

function outcome({ succeededTasks, failedTasks }: JobDetails): string {
  if (failedTasks === 0) return succeededTasks === 1 ? "It succeeded." : "All of them succeeded.";
  if (succeededTasks === 0) return failedTasks === 1 ? "It failed." : "All of them failed.";
  return `${countOf(failedTasks, "object")} failed: look at why before the rest runs.`;
}

const Figure = ({ term, dot, value, aside = null }: { term: string; dot: string; value: string; aside?: string | null }) => (
  <div>
    <dt className="flex items-center gap-1.5 text-note text-text-muted">
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      {term}
    </dt>
    <dd className="mt-0.5 font-medium text-base tabular-nums">
      {value}
      {aside && <span className="ml-2 font-normal text-note text-text-muted">{aside}</span>}
    </dd>
  </div>
);
