"use client";
import { Pause, Play } from "lucide-react";
import { toast } from "sonner";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { usePauseJob, useResumeJob } from "../job-api.ts";
import { Button } from "../ui/button.tsx";

/** One button in one place, so that the focus stays on what undoes it. */
export function PauseButton({ job: { id, actions } }: { job: Pick<JobDetails, "id" | "actions"> }) {
  const pause = usePauseJob(id);
  const resume = useResumeJob(id);
  if (!actions.pause && !actions.resume) return null;
  const [request, failed] = actions.resume ? [resume, "The job was not resumed"] : [pause, "The job was not paused"];
  const send = () => {
    // The job on screen says already what comes of it: a second press means that, not this again.
    if (pause.isPending || resume.isPending) return;
    request.mutate(undefined, { onError: (error) => toast.error(failed, { description: error.message }) });
  };
  return (
    <Button variant={actions.resume ? "primary" : "secondary"} onClick={send} aria-disabled={pause.isPending || resume.isPending || undefined}>
      {actions.resume ? <Play aria-hidden /> : <Pause aria-hidden />}
      {actions.resume ? "Resume" : "Pause"}
    </Button>
  );
}
