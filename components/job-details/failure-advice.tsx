import { adviceFor } from "#lib/jobs/failure-advice.ts";
import type { JobDetails, JobErrorView } from "#lib/jobs/job-views.ts";
import type { Permission } from "#lib/operations/operation.ts";
import { Code } from "../ui/code.tsx";

/** What to do about one kind of failure; failures-card.tsx loads it. */
export function FailureAdvice({ job, error }: { job: JobDetails; error: JobErrorView }) {
  const { advice, lacking } = adviceFor({ ...error, operation: job.operation, permissions: job.permissions });
  return (
    <>
      <p className="max-w-3xl">{advice}</p>
      {lacking.length > 0 && <Permissions permissions={lacking} roleArn={job.definition.RoleArn} />}
    </>
  );
}

function Permissions({ permissions, roleArn }: { permissions: readonly Permission[]; roleArn: string }) {
  return (
    <div className="rounded-lg bg-surface-2 px-3.5 py-2.5 text-note">
      <p className="text-text-muted">
        What <Code>{roleArn}</Code> needs for this job:
      </p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {permissions.map(({ action, resource }) => (
          <li key={`${action} ${resource}`}>
            <Code>
              {action} <span className="text-text-muted">on {resource}</span>
            </Code>
          </li>
        ))}
      </ul>
    </div>
  );
}
