"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { ApiError } from "../api-client.ts";
import type { ConfirmJob } from "../job-api.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { countOf } from "../job-progress.ts";
import { Button } from "../ui/button.tsx";

/** Stays in sight, so that the decision is never a search. Sends the digest of what is shown. */
export function ReviewFooter({ job, confirm }: { job: JobDetails; confirm: ConfirmJob }) {
  const router = useRouter();
  const running = confirm.isPending || confirm.isSuccess;
  const [cancelling, setCancelling] = useState(false);
  const run = () =>
    confirm.mutate(
      { definitionDigest: job.definitionDigest },
      {
        onSuccess: () => {
          toast.success("The job runs now");
          router.push(`/jobs/${job.id}`);
        },
        onError: (error) =>
          toast.error(refusedTitle(error), {
            description: error.message,
            duration: 12_000,
          }),
      },
    );
  return (
    <div className="sticky bottom-0 z-10 -mx-4 -mb-6 border-border border-t bg-bg/95 px-4 py-3 backdrop-blur-sm md:-mx-8 md:-mb-8 md:px-8">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-[13px] text-text-muted">
          {job.actions.confirm || running
            ? `Runs on ${countOf(job.totalTasks, "object")}, once you say so.`
            : "Your role may not confirm jobs: a reviewer or an administrator can."}
        </p>
        <div className="flex flex-1 justify-end gap-2">
          {job.actions.cancel && !running && <Button onClick={() => setCancelling(true)}>Cancel job</Button>}
          <Button variant="primary" disabled={!job.actions.confirm && !running} loading={running} onClick={run} className="max-sm:flex-1">
            <Play aria-hidden />
            Run job
          </Button>
        </div>
      </div>
      <CancelDialog job={job} open={cancelling} onOpenChange={setCancelling} />
    </div>
  );
}

function refusedTitle(error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "JobStatus") return "This job has been decided already";
  if (code === "Conflict") return "The job has changed";
  return "The job was not confirmed";
}
