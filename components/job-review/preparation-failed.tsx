import Link from "next/link";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { FailureReasons } from "../job-details/failure-reasons.tsx";
import { buttonClass } from "../ui/button.tsx";
import { useCan } from "../use-can.tsx";

export function PreparationFailed({ job }: { job: JobDetails }) {
  const mayCreate = useCan("job.create");
  return (
    <div className="flex flex-col gap-4">
      <FailureReasons job={job} />
      <p className="max-w-2xl text-text-muted">
        The job ended in preparation, so no object was touched. Put right what is said above, then create the job again: a job that has failed cannot be started
        a second time.
      </p>
      <div className="flex flex-wrap gap-2">
        {mayCreate && (
          <Link href="/jobs/new" className={buttonClass({ variant: "primary" })}>
            Create a new job
          </Link>
        )}
        <Link href={`/jobs/${job.id}`} className={buttonClass()}>
          Job details
        </Link>
      </div>
    </div>
  );
}
