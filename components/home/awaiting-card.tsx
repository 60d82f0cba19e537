import Link from "next/link";
import type { AwaitingJob, Home } from "#lib/home/home-views.ts";
import { countOf } from "../job-progress.ts";
import { SafeText } from "../safe-text.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import { HomeCard, RowTitle } from "./home-card.tsx";

const listed = "/jobs?status=Suspended";
const dayMs = 24 * 3600 * 1000;

/** The jobs that a person is waited for: the first to expire first. */
export function AwaitingCard({ home: { awaiting, mayConfirm } }: { home: Home }) {
  return (
    <HomeCard
      title={mayConfirm ? "Awaiting your confirmation" : "Waiting for a reviewer"}
      jobs={awaiting.jobs}
      calm={mayConfirm ? "No job waits for your confirmation." : "None of your jobs waits for a reviewer."}
      all={awaiting.more ? { href: listed, label: `All ${awaiting.total.toLocaleString("en-US")}` } : null}
    >
      {(job) => <Awaiting job={job} mayConfirm={mayConfirm} />}
    </HomeCard>
  );
}

function Awaiting({ job, mayConfirm }: { job: AwaitingJob; mayConfirm: boolean }) {
  const review = `/jobs/${job.id}/review`;
  const soon = Date.parse(job.expiresAt) - Date.now() < 3 * dayMs;
  return (
    <div className="flex items-center justify-between gap-x-6 gap-y-3 max-sm:flex-col max-sm:items-stretch">
      <div className="min-w-0">
        <RowTitle job={job} href={review} />
        <p className="mt-0.5 line-clamp-2 text-text-muted [overflow-wrap:anywhere]">
          <SafeText text={job.sentence} />, <span className="whitespace-nowrap tabular-nums">on {countOf(job.totalTasks, "object")}</span>
        </p>
        <p className="mt-1 flex flex-wrap gap-x-1.5 text-text-muted text-note">
          <span className="[overflow-wrap:anywhere]">
            <SafeText text={job.createdBy ?? "Longshore"} />
          </span>
          <span>
            · prepared <Time value={job.suspendedAt} />
          </span>
          {job.confirmedByOne && <span>· confirmed by one, needs another</span>}
          <span className={soon ? "font-medium text-warning" : undefined}>
            · expires <Time value={job.expiresAt} />
          </span>
        </p>
      </div>
      {mayConfirm && (
        <Link href={review} aria-label={`Review ${job.description || job.operationTitle}`} className={buttonClass({ size: "sm" }, "relative z-10")}>
          Review
        </Link>
      )}
    </div>
  );
}
