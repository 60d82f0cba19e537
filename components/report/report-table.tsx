import type { ReportRow } from "#lib/reports/report-row.ts";
import { ObjectName } from "../object-name.tsx";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Code } from "../ui/code.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";

const StatusOf = ({ row }: { row: ReportRow }) => (
  <Badge tone={row.status === "failed" ? "danger" : "success"}>{row.status === "failed" ? "Failed" : "Succeeded"}</Badge>
);

/** Keys, codes and messages are what S3 and the manifest say: hostile until SafeText shows them. */
export function ReportTable({ rows }: { rows: readonly ReportRow[] }) {
  const versions = rows.some((row) => row.versionId !== null);
  return (
    <>
      <div className="hidden @3xl:block">
        <Table label="Rows of the report">
          <THead>
            <tr>
              <Th>Bucket</Th>
              <Th>Key</Th>
              {versions && <Th>Version</Th>}
              <Th>Status</Th>
              <Th numeric>HTTP</Th>
              <Th>Error code</Th>
              <Th>Message</Th>
            </tr>
          </THead>
          <TBody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report may name an object twice; a row is its place
              <Tr key={index} className="align-top text-note">
                <Td className="max-w-40">
                  <Code>
                    <SafeText text={row.bucket} max={40} />
                  </Code>
                </Td>
                <Td className="min-w-56">
                  <Code>
                    <SafeText text={row.key} max={80} />
                  </Code>
                </Td>
                {versions && (
                  <Td className="max-w-40">
                    <Code className="text-text-muted">{row.versionId && <SafeText text={row.versionId} max={18} />}</Code>
                  </Td>
                )}
                <Td>
                  <StatusOf row={row} />
                </Td>
                <Td numeric className="text-text-muted">
                  {row.httpStatus ?? "–"}
                </Td>
                <Td>
                  {row.errorCode ? (
                    <Code>
                      <SafeText text={row.errorCode} max={40} />
                    </Code>
                  ) : (
                    <span className="text-text-faint">–</span>
                  )}
                </Td>
                <Td className="min-w-48 text-text-muted">
                  <SafeText text={row.message} max={140} />
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      </div>
      <ul aria-label="Rows of the report" className="divide-y divide-border @3xl:hidden">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={index} className="flex flex-col gap-1.5 px-5 py-3 text-note">
            <ObjectName task={row} />
            <div className="flex flex-wrap items-center gap-2">
              <StatusOf row={row} />
              {row.errorCode && (
                <Code>
                  <SafeText text={row.errorCode} max={40} />
                </Code>
              )}
              {row.httpStatus !== null && <span className="text-text-muted tabular-nums">HTTP {row.httpStatus}</span>}
            </div>
            {row.status === "failed" && (
              <p className="text-text-muted">
                <SafeText text={row.message} max={140} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
