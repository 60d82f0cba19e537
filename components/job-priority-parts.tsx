"use client";
import { useState } from "react";
import { prioritySchema } from "#lib/jobs/job-schema.ts";
import { useJobPriority } from "./job-api.ts";
import type { PriorityDialogProps } from "./job-priority-dialog.tsx";
import { Button } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { Field } from "./ui/field.tsx";
import { Input } from "./ui/input.tsx";
import { formatNumber } from "./ui/number.tsx";
import { toastUndo } from "./ui/toast.ts";

/** job-priority-dialog.tsx loads it. */
export function PriorityDialogRoot({ job, open, onOpenChange }: PriorityDialogProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const update = useJobPriority(job.id);
  const text = typed ?? String(job.priority);
  const parsed = prioritySchema.safeParse(text.trim() === "" ? undefined : Number(text));
  const wrong = parsed.success ? undefined : `The priority ${parsed.error.issues[0]?.message ?? "is not valid"}.`;
  const close = () => {
    update.reset();
    setTyped(null);
    onOpenChange(false);
  };
  const submit = () => {
    if (!parsed.success) return;
    const before = job.priority;
    update.mutate(
      { priority: parsed.data },
      {
        onSuccess: () => {
          toastUndo(`The priority is ${formatNumber(parsed.data)} now`, () => update.mutate({ priority: before }));
          close();
        },
      },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      size="sm"
      title="Update priority"
      description="Jobs of higher priority get the workers first; those of lower priority have what is left, or pause until there is room."
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" type="submit" form="priority-form" loading={update.isPending} disabled={!parsed.success}>
            Update
          </Button>
        </>
      }
    >
      <form
        id="priority-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Priority" required help="A whole number from 0 to 2,147,483,647." error={wrong ?? update.error?.message}>
          <Input inputMode="numeric" autoComplete="off" value={text} onChange={(event) => setTyped(event.target.value)} className="tabular-nums" />
        </Field>
      </form>
    </Dialog>
  );
}
