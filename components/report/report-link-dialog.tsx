"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportFileLink } from "#lib/reports/link-report-file.ts";
import { api } from "../api-client.ts";
import { LinkToCopy } from "../link-to-copy.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { reportLinkPath } from "./report-query.ts";

/** A link to one file that lasts for a quarter of an hour, made when it is asked for. */
export function ReportLinkDialog({ job, file, onClose }: { job: JobDetails; file: string | null; onClose: () => void }) {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: (key: string) => api<ReportFileLink>(reportLinkPath(job.id), { body: { key } }) });
  useEffect(() => {
    if (file !== null) mutate(file);
  }, [file, mutate]);
  return (
    <Dialog
      open={file !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Link to a file of the report"
      description="Whoever has the link can read this one file until it expires, without signing in. It leads to the store itself, not to this console."
    >
      {isPending && (
        <div role="status" aria-label="Making the link" className="flex flex-col gap-3">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="w-2/3" />
        </div>
      )}
      {error && (
        <Alert
          tone="danger"
          title="The link could not be made"
          actions={
            <Button size="sm" onClick={() => file !== null && mutate(file)}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Alert>
      )}
      {data && !isPending && (
        <div className="flex flex-col gap-3">
          <LinkToCopy url={data.url} />
          <p className="text-note text-text-muted">
            Expires <Time value={data.expiresAt} /> (<Time value={data.expiresAt} absolute />
            ). Signed with the keys of the connection {data.connection}, for <Code>{job.connection.endpoint}</Code>, which the reader's machine has to reach.
          </p>
          <a href={data.url} target="_blank" rel="noreferrer" className="self-start text-accent-text text-note hover:underline">
            Open the link
          </a>
        </div>
      )}
    </Dialog>
  );
}
