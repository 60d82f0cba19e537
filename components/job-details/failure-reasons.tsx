import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Code } from "../ui/code.tsx";

/** Why the whole job failed, as opposed to some of its tasks. */
export function FailureReasons({ job }: { job: Pick<JobDetails, "failureReasons"> }) {
  return job.failureReasons.map((reason) => (
    <Alert key={`${reason.FailureCode} ${reason.FailureReason}`} tone="danger" title={<SafeText text={reason.FailureReason} />}>
      <Code>{reason.FailureCode}</Code>
    </Alert>
  ));
}
