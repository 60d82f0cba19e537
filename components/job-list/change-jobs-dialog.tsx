"use client";
import { useState } from "react";
import type { JobChange } from "#lib/jobs/change-jobs.ts";
import type { ChangesMade, JobAction, Unchanged } from "#lib/jobs/job-actions.ts";
import { prioritySchema } from "#lib/jobs/job-schema.ts";
import { countOf } from "../job-progress.ts";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Progress } from "../ui/progress.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { toast, toastUndo } from "../ui/toast.ts";
import { actionWords, byReason } from "./change-words.ts";
import { shortId } from "./job-link.ts";
import { useChangeJobs, useForeseen } from "./job-list-api.ts";

interface ChangeJobsDialogProps {
  action: JobAction;
  jobIds: readonly string[];
  onClose: () => void;
  /** Something was changed. */
  onDone: () => void;
}

const maxReason = 256;

/** Says what will happen to how many jobs, and which it cannot happen to; then does it, and says what came of it. */
export function ChangeJobsDialog({ action, jobIds, onClose, onDone }: ChangeJobsDialogProps) {
  // What was chosen when it was opened: the list goes on behind it.
  const [asked] = useState(jobIds);
  const [text, setText] = useState("");
  const foreseen = useForeseen(action, asked);
  const change = useChangeJobs();
  const undo = useChangeJobs();
  const words = actionWords[action];
  const priority = prioritySchema.safeParse(text.trim() === "" ? undefined : Number(text));
  const able = foreseen.data?.able ?? [];
  const ready = able.length > 0 && (action === "priority" ? priority.success : text.length <= maxReason);

  const finish = (made: ChangesMade) => {
    if (made.changed.length > 0) onDone();
    if (made.unchanged.length > 0) return;
    const back = action === "pause" ? "resume" : action === "resume" ? "pause" : null;
    const said = words.done(made.changed.length);
    if (back) toastUndo(said, () => undo.mutate({ jobIds: made.changed, change: { action: back } }));
    else toast.success(said);
    onClose();
  };
  const submit = () => {
    if (!ready || change.isPending) return;
    change.mutateAsync({ jobIds: able, change: changeOf(action, text) }).then(finish, () => undefined);
  };
  if (change.data) return <Result action={action} made={change.data} onClose={onClose} />;
  return (
    <Dialog
      open
      size="sm"
      sticky={text !== "" || change.isPending}
      onOpenChange={() => !change.isPending && onClose()}
      title={words.title(foreseen.data ? able.length : asked.length)}
      description={foreseen.data && able.length > 0 ? words.meaning(foreseen.data) : undefined}
      footer={
        <>
          <Button disabled={change.isPending} onClick={onClose}>
            {able.length === 0 ? "Close" : "Keep as they are"}
          </Button>
          {able.length > 0 && (
            <Button variant={action === "cancel" ? "danger" : "primary"} disabled={!ready} loading={change.isPending} onClick={submit}>
              {words.button(able.length)}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {change.error && (
          <Alert tone="danger" title={`Nothing was ${words.participle}`}>
            {change.error.message}
          </Alert>
        )}
        {foreseen.error && <LoadFailed noun="jobs" query={foreseen} />}
        {!foreseen.data && !foreseen.error && (
          <div role="status" aria-label="Looking at the jobs">
            <Skeleton className="h-10" />
          </div>
        )}
        {change.isPending && (
          <div className="flex flex-col gap-1.5">
            <Progress label="Progress" value={change.done} max={able.length} />
            <p aria-live="polite" className="text-note text-text-muted tabular-nums">
              {formatNumber(change.done)} of {formatNumber(able.length)}
            </p>
          </div>
        )}
        {foreseen.data && able.length > 0 && !change.isPending && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            {action === "priority" && (
              <Field
                label="Priority"
                required
                help="A whole number from 0 to 2,147,483,647. Higher goes first."
                error={text === "" || priority.success ? undefined : `The priority ${priority.error.issues[0]?.message ?? "is not valid"}.`}
              >
                <Input inputMode="numeric" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} className="tabular-nums" />
              </Field>
            )}
            {action === "cancel" && (
              <Field
                label="Reason"
                help="Shown in the timeline of each."
                error={text.length > maxReason ? `A reason has at most ${maxReason} characters.` : undefined}
              >
                <Textarea value={text} rows={2} onChange={(event) => setText(event.target.value)} />
              </Field>
            )}
          </form>
        )}
        {foreseen.data && <Reasons title={`${countOf(foreseen.data.unable.length, "job")} cannot be ${words.participle}`} jobs={foreseen.data.unable} />}
      </div>
    </Dialog>
  );
}

const changeOf = (action: JobAction, text: string): JobChange => {
  if (action === "priority") return { action, priority: Number(text) };
  if (action === "cancel") return { action, ...(text.trim() !== "" && { reason: text.trim() }) };
  return { action };
};

function Result({ action, made, onClose }: { action: JobAction; made: ChangesMade; onClose: () => void }) {
  const words = actionWords[action];
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={made.changed.length > 0 ? words.done(made.changed.length) : `No job was ${words.participle}`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <Reasons title={`${countOf(made.unchanged.length, "job")} could not be ${words.participle}`} jobs={made.unchanged} />
    </Dialog>
  );
}

const fewest = 20;

function Reasons({ title, jobs }: { title: string; jobs: readonly Unchanged[] }) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="font-medium">{title}</h3>
      {byReason(jobs).map((group) => (
        <div key={group.reason} className="mt-2">
          <p className="text-note text-text-muted">
            <SafeText text={group.reason} /> <span className="tabular-nums">({formatNumber(group.jobs.length)})</span>
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 border-border border-l-2 pl-3 text-note">
            {group.jobs.slice(0, fewest).map((job) => (
              <li key={job.jobId} className="truncate">
                <SafeText text={job.description || "No description"} /> <span className="font-mono text-text-muted text-xs">{shortId(job.jobId)}</span>
              </li>
            ))}
            {group.jobs.length > fewest && <li className="text-text-muted">and {formatNumber(group.jobs.length - fewest)} more</li>}
          </ul>
        </div>
      ))}
    </section>
  );
}
