import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Alert } from "../ui/alert.tsx";
import { duplicateWarning, leftOutWords } from "./manifest-words.ts";

/** What the reviewer should know of the manifest as a whole, beside its count. */
export function ManifestFindings({ job }: { job: JobDetails }) {
  const duplicates = duplicateWarning(job);
  const leftOut = leftOutWords(job);
  return (
    <>
      {duplicates && (
        <Alert tone="warning" title={duplicates.title}>
          {duplicates.text}
        </Alert>
      )}
      {leftOut && <Alert title={`Left out of the manifest: ${leftOut}`}>They are no tasks of this job and are not in the count above.</Alert>}
    </>
  );
}
