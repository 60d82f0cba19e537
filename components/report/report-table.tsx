import type { ReportRow } from "#lib/reports/report-row.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Code } from "../ui/code.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";

export const StatusOf = ({ row }: { row: ReportRow }) => (
  <Badge tone={row.status === "failed" ? "danger" : "success"}>{row.status === "failed" ? "Failed" : "Succeeded"}</Badge>
);

/** Keys, codes and messages are what S3 and the manifest say: hostile until SafeText shows them. A press on a key shows all of its row. */
export function ReportTable({ rows, onOpen }: { rows: readonly ReportRow[]; onOpen: (index: number) => void }) {
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
              <Tr key={index} onClick={() => hasSelected() || onOpen(index)} className="cursor-pointer align-top text-note hover:[&>td]:bg-surface-2">
                <Td className="max-w-40">
                  <Code>
                    <SafeText text={row.bucket} max={40} still />
                  </Code>
                </Td>
                <Td className="min-w-56">
                  <button
                    type="button"
                    aria-haspopup="dialog"
                    title="Show all of this row"
                    className="rounded text-left hover:underline"
                    onClick={(event) => {
                      event.stopPropagation();
                      onOpen(index);
                    }}
                  >
                    <Code>
                      <SafeText text={row.key} max={80} still />
                    </Code>
                  </button>
                </Td>
                {versions && (
                  <Td className="max-w-40">
                    <Code className="text-text-muted">{row.versionId && <SafeText text={row.versionId} max={18} still />}</Code>
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
                      <SafeText text={row.errorCode} max={40} still />
                    </Code>
                  ) : (
                    <span className="text-text-faint">–</span>
                  )}
                </Td>
                <Td className="min-w-48 text-text-muted">
                  <SafeText text={row.message} max={140} still />
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      </div>
      <ul aria-label="Rows of the report" className="divide-y divide-border @3xl:hidden">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={index}>
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => onOpen(index)}
              className="flex w-full flex-col gap-1.5 px-5 py-3 text-left text-note -outline-offset-2 hover:bg-surface-2"
            >
              <Code>
                <span className="text-text-muted">
                  <SafeText text={row.bucket} max={40} still />/
                </span>
                <SafeText text={row.key} max={120} still />
              </Code>
              <span className="flex flex-wrap items-center gap-2">
                <StatusOf row={row} />
                {row.errorCode && (
                  <Code>
                    <SafeText text={row.errorCode} max={40} still />
                  </Code>
                )}
                {row.httpStatus !== null && <span className="text-text-muted tabular-nums">HTTP {row.httpStatus}</span>}
              </span>
              {row.status === "failed" && (
                <span className="text-text-muted">
                  <SafeText text={row.message} max={140} still />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether a press ended a selection of text, rather than meaning the row. */
const hasSelected = (): boolean => window.getSelection()?.type === "Range";
