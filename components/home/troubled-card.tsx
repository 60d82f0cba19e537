import type { Section, TroubledJob } from "#lib/home/home-views.ts";
import { countOf } from "../job-progress.ts";
import { SafeText } from "../safe-text.tsx";
import { Code } from "../ui/code.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Ended } from "./finished-card.tsx";
import { HomeCard, RowTitle } from "./home-card.tsx";

export const TroubledCard = ({ troubled }: { troubled: Section<TroubledJob> }) => (
  <HomeCard
    title="Failures of the last 7 days"
    jobs={troubled.jobs}
    calm="No job has failed, and no task of one."
    all={troubled.more ? { href: "/jobs?sort=failedTasks&dir=desc", label: "All" } : null}
  >
    {(job) => (
      <>
        <div className="flex items-baseline justify-between gap-3">
          <RowTitle job={job} href={`/jobs/${job.id}`} />
          <Ended job={job} />
        </div>
        <p className="mt-0.5 line-clamp-2 text-note text-text-muted [overflow-wrap:anywhere]">
          <Trouble job={job} />
        </p>
      </>
    )}
  </HomeCard>
);

/** Why the job failed, else how many of its tasks did, and the code that leads among them. */
function Trouble({ job: { status, failure, failedTasks, totalTasks, leadingError } }: { job: TroubledJob }) {
  if (status === "Failed" && failure !== null) return <SafeText text={failure} />;
  return (
    <>
      <span className="font-medium text-danger tabular-nums">{formatNumber(failedTasks)}</span> of{" "}
      <span className="tabular-nums">{countOf(totalTasks, "task")}</span> failed
      {leadingError && (
        <>
          , {leadingError.count < failedTasks && "most "}with{" "}
          <Code>
            <SafeText text={leadingError.code} />
          </Code>
        </>
      )}
    </>
  );
}
