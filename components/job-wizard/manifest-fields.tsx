"use client";
import { RefreshCw, Upload } from "lucide-react";
import { useState } from "react";
import { parseObjectLocation, s3Path } from "#lib/browse/s3-location.ts";
import { BrowseButton } from "../s3-browser/bucket-input.tsx";
import { S3Browser } from "../s3-browser/s3-browser.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatBytes } from "../ui/number.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { Time } from "../ui/time.tsx";
import { ColumnFields } from "./column-fields.tsx";
import { foundOf, type ManifestDraft } from "./draft.ts";
import { errorAt, type StepProps } from "./step-props.ts";
import { UploadDialog } from "./upload-dialog.tsx";

const examples = {
  csv: "s3://bucket/manifest.csv",
  inventory: "s3://bucket/inventory/2026-01-31T01-00Z/manifest.json",
  report: "s3://bucket/job-<id>/manifest.json",
};

/** A manifest in S3: where it is, how its rows are read, and what S3 says of it. */
export function ManifestFields({ draft, update, issues, manifest: state }: Pick<StepProps, "draft" | "update" | "issues" | "manifest">) {
  const { manifest } = draft;
  const [browsing, setBrowsing] = useState(false);
  const [uploading, setUploading] = useState(false);
  const change = (part: Partial<ManifestDraft>) => update((now) => ({ ...now, manifest: { ...now.manifest, ...part } }));
  const found = foundOf(manifest);
  const location = parseObjectLocation(manifest.location);
  return (
    <>
      <Field
        label="Manifest object"
        required
        htmlFor="manifest-location"
        error={state.lookupError ?? errorAt(issues, "Manifest.Location.ObjectArn")}
        help={`A path such as ${examples[draft.source === "bucket" ? "csv" : draft.source]}, or the object's ARN.`}
      >
        <div className="flex gap-2 max-sm:flex-wrap">
          <Input
            id="manifest-location"
            mono
            className="max-sm:basis-full"
            autoComplete="off"
            spellCheck={false}
            placeholder={examples[draft.source === "bucket" ? "csv" : draft.source]}
            value={manifest.location}
            onChange={(event) => change({ location: event.target.value })}
          />
          <BrowseButton label="Browse S3" onlyIcon={false} disabled={manifest.connectionId === ""} onClick={() => setBrowsing(true)} />
          {draft.source === "csv" && (
            <Button
              onClick={() => setUploading(true)}
              disabled={manifest.connectionId === ""}
              title={manifest.connectionId === "" ? "Choose a connection first" : undefined}
            >
              <Upload aria-hidden />
              Upload
            </Button>
          )}
        </div>
      </Field>
      <S3Browser
        open={browsing}
        onOpenChange={setBrowsing}
        connectionId={manifest.connectionId}
        browseFor="object"
        title="Choose the manifest"
        bucket={location?.bucket ?? null}
        onPick={(picked) => change({ location: s3Path(picked.bucket, picked.path), versionId: "" })}
      />
      {uploading && (
        <UploadDialog
          connectionId={manifest.connectionId}
          bucket={location?.bucket ?? ""}
          onClose={() => setUploading(false)}
          onUploaded={(path) => change({ location: path, versionId: "" })}
        />
      )}
      <Field
        label="Manifest version id"
        htmlFor="manifest-version"
        error={errorAt(issues, "Manifest.Location.ObjectVersionId")}
        help="Left empty, the newest version that is there now."
      >
        <Input
          id="manifest-version"
          mono
          autoComplete="off"
          spellCheck={false}
          value={manifest.versionId}
          onChange={(event) => change({ versionId: event.target.value })}
        />
      </Field>
      {draft.source === "csv" && <ColumnFields manifest={manifest} change={change} error={errorAt(issues, "Manifest.Spec.Fields")} />}
      {draft.source === "report" && (
        <p className="text-note text-text-muted">
          The keys of a report are read URL-encoded, as Longshore writes them; a row that is not fails the job. Tasks that never ran are in no report.
        </p>
      )}
      <div aria-live="polite" className="empty:-mt-5">
        {state.busy && <Spinner label="Looking the manifest up…" />}
        {!state.busy && found && (
          <div className="rounded-lg border border-border bg-surface-2 px-4 py-3.5">
            <div className="mb-2.5 flex flex-wrap items-center justify-between gap-2">
              <p className="font-medium text-note">Found in S3</p>
              <Button size="sm" onClick={state.lookUpAgain}>
                <RefreshCw aria-hidden />
                Look up again
              </Button>
            </div>
            <DescriptionList
              items={[
                {
                  term: "Object",
                  value: location && <SafeText text={s3Path(location.bucket, location.key)} max={120} className="font-mono text-note" />,
                },
                { term: "ETag", value: <Code>{found.etag}</Code> },
                { term: "Size", value: formatBytes(found.size) },
                { term: "Last modified", value: found.lastModified && <Time value={found.lastModified} absolute /> },
                { term: "Version id", value: found.versionId === null ? "None: the bucket keeps no versions" : <Code>{found.versionId}</Code> },
              ]}
            />
            <p className="mt-3 border-border border-t pt-2.5 text-note text-text-muted">
              The job is bound to exactly this content. If it changes before the job runs, the job fails instead of doing something else.
            </p>
          </div>
        )}
      </div>
      {state.lookupError && !state.busy && (
        <div>
          <Button size="sm" onClick={state.lookUpAgain}>
            <RefreshCw aria-hidden />
            Look up again
          </Button>
        </div>
      )}
    </>
  );
}
