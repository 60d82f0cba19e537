import { s3Path } from "#lib/browse/s3-location.ts";
import { adviceFor } from "#lib/jobs/failure-advice.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportRow } from "#lib/reports/report-row.ts";
import { Copyable } from "../copyable.tsx";
import { SafeText } from "../safe-text.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { httpWords } from "./report-query.ts";
import { StatusOf } from "./report-table.tsx";

/** One row, column by column, with what to do about it; report-row-dialog.tsx loads it. */
export function RowDetails({ job, row }: { job: JobDetails; row: ReportRow }) {
  const failed = row.status === "failed";
  const { advice, lacking } = adviceFor({
    code: row.errorCode ?? "",
    httpStatus: row.httpStatus ?? 0,
    operation: job.operation,
    permissions: job.permissions,
  });
  return (
    <DescriptionList
      items={[
        { term: "Status", value: <StatusOf row={row} /> },
        { term: "Address", value: <Copyable text={s3Path(row.bucket, row.key)} label="Copy the object's address" /> },
        { term: "Key", value: <Copyable text={row.key} label="Copy the key" /> },
        { term: "Version", value: row.versionId === null ? "The newest" : <Copyable text={row.versionId} label="Copy the version id" /> },
        { term: "HTTP status", value: <span className="tabular-nums">{httpWords(row.httpStatus ?? 0)}</span> },
        ...(failed
          ? [
              {
                term: "Error code",
                value: row.errorCode && (
                  <Code>
                    <SafeText text={row.errorCode} />
                  </Code>
                ),
              },
            ]
          : []),
        { term: "Message", value: <SafeText text={row.message} /> },
        ...(failed ? [{ term: "What to do", value: advice }] : []),
        ...(failed && lacking.length > 0
          ? [
              {
                term: "The role may lack",
                value: (
                  <ul>
                    {lacking.map(({ action, resource }) => (
                      <li key={`${action} ${resource}`}>
                        <Code>
                          {action} <span className="text-text-muted">on {resource}</span>
                        </Code>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
