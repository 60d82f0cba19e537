"use client";
import type { ManifestPreview, PreviewRow } from "#lib/browse/browse-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import type { ManifestState } from "./use-manifest.ts";

export interface ManifestPreviewCardProps {
  state: ManifestState;
  withVersionIds: boolean;
  onVersionIds: (withVersionIds: boolean) => void;
}

/** The manifest's first rows as the worker will read them. */
export function ManifestPreviewCard({ state, withVersionIds, onVersionIds }: ManifestPreviewCardProps) {
  const { preview, previewError, previewBusy } = state;
  return (
    <Card aria-label="First rows" aria-busy={previewBusy}>
      <CardHeader
        title="First rows"
        description={preview && !preview.problem ? previewWords(preview) : "The beginning of the manifest, read as the job will read it."}
        actions={
          preview &&
          !preview.problem &&
          preview.checked > 0 &&
          (preview.wrong === 0 ? <Badge tone="success">No problem found</Badge> : <Badge tone="danger">{formatNumber(preview.wrong)} wrong</Badge>)
        }
      />
      {previewError && (
        <CardBody>
          <Alert
            tone="danger"
            title="The manifest could not be read"
            actions={
              <Button size="sm" onClick={state.lookUpAgain}>
                Look up again
              </Button>
            }
          >
            {previewError}
          </Alert>
        </CardBody>
      )}
      {!preview && !previewError && (
        <CardBody className="flex flex-col gap-3">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
          <Skeleton className="w-3/5" />
        </CardBody>
      )}
      {preview?.problem && (
        <CardBody>
          <Alert tone="danger" title="This object cannot be a manifest">
            {preview.problem}
          </Alert>
        </CardBody>
      )}
      {preview && preview.versionColumn !== null && preview.versionColumn !== withVersionIds && (
        <CardBody>
          <Alert
            tone="warning"
            title={preview.versionColumn ? "The rows seem to have version ids" : "The rows seem to have no version ids"}
            actions={
              <Button size="sm" onClick={() => onVersionIds(preview.versionColumn === true)}>
                {preview.versionColumn ? "Read them with version ids" : "Read them without version ids"}
              </Button>
            }
          >
            Read the other way, they are right.
          </Alert>
        </CardBody>
      )}
      {preview && preview.rows.length > 0 && <Rows rows={preview.rows} versions={withVersionIds} />}
    </Card>
  );
}

function previewWords(preview: ManifestPreview): string {
  const { listing } = preview;
  if (listing === null) return checkedWords(preview);
  const files = `${formatNumber(listing.files)} ${listing.files === 1 ? "file" : "files"}`;
  const size = listing.bytes === null ? "" : `, ${formatBytes(listing.bytes)}`;
  const named = listing.kind === "report" ? `${files} of failed tasks.` : `${files} in ${listing.fileFormat}${size}, of the bucket ${listing.sourceBucket}.`;
  if (preview.checked === 0) return `${named} The rows are read and checked when the job is prepared.`;
  const rows = `${formatNumber(preview.checked)} ${preview.checked === 1 ? "row" : "rows"}`;
  return `${named} The first ${rows} were checked; the rest is checked when the job is prepared.`;
}

const ofAll = ({ aboutRows }: ManifestPreview): string => (aboutRows === null ? "" : ` of about ${formatNumber(aboutRows)}`);

function checkedWords(preview: ManifestPreview): string {
  const rows = `${formatNumber(preview.checked)} ${preview.checked === 1 ? "row" : "rows"}`;
  const checked = preview.whole
    ? `The whole manifest was checked: ${rows}.`
    : `The first ${rows}${ofAll(preview)} were checked; the rest is checked when the job is prepared.`;
  return preview.wrong === 0 ? checked : `${checked} A job fails on the first wrong row, so mend the manifest before you go on.`;
}

const Rows = ({ rows, versions }: { rows: readonly PreviewRow[]; versions: boolean }) => (
  <Table label="First rows of the manifest">
    <THead>
      <tr>
        <Th numeric className="w-16">
          Row
        </Th>
        <Th className="max-sm:hidden">Bucket</Th>
        <Th>Key</Th>
        {versions && <Th>Version id</Th>}
      </tr>
    </THead>
    <TBody>
      {rows.map((row) => (
        <Tr key={row.row}>
          <Td numeric className="align-top text-text-muted">
            {formatNumber(row.row)}
          </Td>
          {"problem" in row ? (
            <Td colSpan={versions ? 3 : 2} className="bg-danger-soft">
              <p className="text-danger">
                Row {formatNumber(row.row)} <SafeText text={row.problem} />.
              </p>
              <p className="mt-0.5 font-mono text-note text-text-muted">
                <SafeText text={row.text} max={120} />
              </p>
            </Td>
          ) : (
            <>
              <Td className="align-top font-mono text-note max-sm:hidden">
                <SafeText text={row.bucket} max={40} />
              </Td>
              <Td className="min-w-56 align-top font-mono text-note">
                <span className="block text-text-muted text-xs sm:hidden">
                  <SafeText text={row.bucket} max={40} />
                </span>
                <SafeText text={row.key} max={90} />
              </Td>
              {versions && (
                <Td className="align-top font-mono text-note">
                  <SafeText text={row.versionId ?? ""} max={40} />
                </Td>
              )}
            </>
          )}
        </Tr>
      ))}
    </TBody>
  </Table>
);
