"use client";
import { useState } from "react";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { useCancelJob } from "./job-api.ts";
import type { CancelDialogProps } from "./job-cancel-dialog.tsx";
import { countOf } from "./job-progress.ts";
import { Alert } from "./ui/alert.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { Field } from "./ui/field.tsx";
import { formatNumber } from "./ui/number.tsx";
import { Textarea } from "./ui/textarea.tsx";
import { toast } from "./ui/toast.ts";

const maxReason = 256;

/** job-cancel-dialog.tsx loads it. */
export function CancelDialogRoot({ job, open, onOpenChange }: CancelDialogProps) {
  const [reason, setReason] = useState("");
  const cancel = useCancelJob(job.id);
  const close = () => {
    cancel.reset();
    onOpenChange(false);
  };
  // The promise, not a callback: the page may have moved on, and this dialog with it, before the answer is there.
  const submit = () =>
    cancel.mutateAsync(reason.trim() === "" ? {} : { reason: reason.trim() }).then(
      () => {
        toast.success("The job is being cancelled");
        setReason("");
        close();
      },
      () => undefined,
    );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      size="sm"
      sticky={reason !== ""}
      title="Cancel this job?"
      description={whatHasRun(job)}
      footer={
        <>
          <Button onClick={close}>Keep the job</Button>
          <Button variant="danger" loading={cancel.isPending} disabled={reason.length > maxReason} onClick={submit}>
            Cancel job
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {cancel.error && (
          <Alert tone="danger" title="The job was not cancelled">
            {cancel.error.message}
          </Alert>
        )}
        <Field
          label="Reason"
          help="Shown in the job's timeline."
          aside={reason.length > maxReason - 56 ? `${reason.length} / ${maxReason}` : undefined}
          error={reason.length > maxReason ? `A reason has at most ${maxReason} characters.` : undefined}
        >
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} rows={3} />
        </Field>
      </div>
    </Dialog>
  );
}

function whatHasRun({ totalTasks, succeededTasks, failedTasks }: JobListItem): string {
  const ran = succeededTasks + failedTasks;
  if (ran === 0) return "No object has been touched yet. A cancelled job cannot be started again.";
  return `${formatNumber(ran)} of ${countOf(totalTasks, "object")} have been worked on and stay as they are now. Tasks that are running end first. A cancelled job cannot be started again.`;
}
