import Link from "next/link";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { canaryMeaning } from "../canary-words.ts";
import { statusWords } from "../job-status.ts";
import { Alert } from "../ui/alert.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";

/** There is nothing left to review: who decided, when, and where to look now. */
export function AlreadyDecided({ job }: { job: JobDetails }) {
  const decision = job.events.findLast((event) => event.type === "confirm" || event.type === "cancel" || event.type === "expire");
  const { label, meaning } = statusWords(job.status);
  return (
    <Alert
      tone="info"
      title={
        decision ? (
          <>
            {job.replacedBy ? "Replaced" : words[decision.type]} by <Actor event={decision} />
          </>
        ) : (
          "This job does not wait for a confirmation"
        )
      }
      actions={
        <>
          {job.replacedBy && (
            <Link href={`/jobs/${job.replacedBy}/review`} className={buttonClass({ variant: "primary", size: "sm" })}>
              Review the job in its place
            </Link>
          )}
          <Link href={`/jobs/${job.id}`} className={buttonClass({ variant: job.replacedBy ? "secondary" : "primary", size: "sm" })}>
            Go to the job
          </Link>
        </>
      }
    >
      {decision && (
        <>
          It was decided <Time value={decision.at} />.{" "}
        </>
      )}
      It is “{label}” now. {canaryMeaning(job) ?? meaning}
    </Alert>
  );
}

const words: Record<string, string> = {
  confirm: "Confirmed",
  cancel: "Cancelled",
  expire: "Left without a decision for 30 days, and ended",
};
