import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Code } from "../ui/code.tsx";
import { failureTitle } from "./failure-titles.ts";

/** Why the whole job failed, as opposed to some of its tasks. */
export function FailureReasons({ job }: { job: Pick<JobDetails, "failureReasons"> }) {
  return job.failureReasons.map(({ FailureCode, FailureReason }) => (
    <Alert key={`${FailureCode} ${FailureReason}`} tone="danger" title={failureTitle(FailureCode)}>
      <p className="text-text">
        <SafeText text={/[.!?]$/.test(FailureReason) ? FailureReason : `${FailureReason}.`} />
      </p>
      <Code className="text-xs">{FailureCode}</Code>
    </Alert>
  ));
}
