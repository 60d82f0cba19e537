"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { errorsOf } from "#lib/preflight/preflight.ts";
import { ApiError } from "../api-client.ts";
import type { ConfirmJob } from "../job-api.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { countOf } from "../job-progress.ts";
import { RepeatButton } from "../repeat-button.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatNumber } from "../ui/number.tsx";
import { toast } from "../ui/toast.ts";
import { useCan } from "../use-can.tsx";
import { countError, parseCount } from "./typed-count.ts";

/**
 * Stays in sight, so that the decision is never a search. Sends the digest of what is shown, of what can never be undone the count, and
 * the time of checks whose errors were seen.
 */
export function ReviewFooter({ job, confirm }: { job: JobDetails; confirm: ConfirmJob }) {
  const router = useRouter();
  const running = confirm.isPending || confirm.isSuccess;
  const [cancelling, setCancelling] = useState(false);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [acknowledged, setAcknowledged] = useState<string | null>(null);
  const mayCreate = useCan("job.create");
  const count = useRef<HTMLInputElement>(null);
  const asksForCount = job.irreversible !== null && job.actions.confirm;
  const error = asksForCount ? countError(typed, job.totalTasks) : undefined;
  const errors = job.preflight && job.actions.confirm && !running ? errorsOf(job.preflight).length : 0;
  const inSpite = errors > 0 && acknowledged === job.preflight?.checkedAt;
  const ready = job.actions.confirm && job.preflight !== null && (errors === 0 || inSpite);
  const run = () => {
    setTried(true);
    if (error) {
      count.current?.focus();
      return;
    }
    confirm.mutate(
      {
        definitionDigest: job.definitionDigest,
        ...(inSpite && acknowledged && { acknowledgedPreflight: acknowledged }),
        ...(asksForCount && { numberOfObjects: parseCount(typed) ?? 0 }),
      },
      {
        onSuccess: () => {
          toast.success("The job runs now");
          router.push(`/jobs/${job.id}`);
        },
        onError: (failure) =>
          toast.error(refusedTitle(failure), {
            description: failure.message,
            duration: 12_000,
          }),
      },
    );
  };
  return (
    <div className="sticky bottom-0 z-10 -mx-4 -mb-6 border-border border-t bg-bg/95 px-4 py-3 backdrop-blur-sm md:-mx-8 md:-mb-8 md:px-8">
      <form
        noValidate
        aria-label="Decision"
        className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!running) run();
        }}
      >
        {errors > 0 && (
          <Checkbox
            className="basis-full text-note"
            checked={inSpite}
            onCheckedChange={(yes) => setAcknowledged(yes ? (job.preflight?.checkedAt ?? null) : null)}
            label={`Confirm although ${errors === 1 ? "a check has found an error" : `checks have found ${errors} errors`}`}
          />
        )}
        {asksForCount && !running ? (
          <Field
            label={`Type the number of objects, ${formatNumber(job.totalTasks)}, to run this job`}
            required
            error={tried ? error : undefined}
            className="max-w-md"
          >
            <Input
              ref={count}
              inputMode="numeric"
              autoComplete="off"
              className="max-w-48"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setTried(false);
              }}
            />
          </Field>
        ) : (
          <p className="self-center text-note text-text-muted max-sm:basis-full">{words(job, running)}</p>
        )}
        <div className="flex flex-1 flex-wrap justify-end gap-2 max-sm:basis-full">
          {job.actions.cancel && !running && <Button onClick={() => setCancelling(true)}>Cancel job</Button>}
          {!job.dryRun && mayCreate && !running && (
            <RepeatButton job={job} dryRun>
              Dry run first
            </RepeatButton>
          )}
          <Button
            type="submit"
            variant={job.irreversible === null ? "primary" : "danger"}
            disabled={!ready && !running}
            loading={running}
            className="max-sm:flex-1"
          >
            <Play aria-hidden />
            {job.dryRun ? "Start dry run" : "Run job"}
          </Button>
        </div>
      </form>
      <CancelDialog job={job} open={cancelling} onOpenChange={setCancelling} />
    </div>
  );
}

function words(job: JobDetails, running: boolean): string {
  if (!job.actions.confirm && !running) return "Your role may not confirm jobs: a reviewer or an administrator can.";
  if (job.preflight === null && !running) return "It can be run as soon as the checks above have ended.";
  return `${job.dryRun ? "Reads" : "Runs on"} ${countOf(job.totalTasks, "object")}, once you say so.`;
}

function refusedTitle(error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "JobStatus") return "This job has been decided already";
  if (code === "Conflict") return "The job has changed";
  return "The job was not confirmed";
}
