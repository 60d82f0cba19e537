"use client";
import { Pause, Play } from "lucide-react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Button } from "../ui/button.tsx";
import { usePause } from "../use-pause.ts";

/** One button in one place, so that the focus stays on what undoes it. */
export function PauseButton({ job: { id, actions } }: { job: Pick<JobDetails, "id" | "actions"> }) {
  const { pending, pause, resume } = usePause(id);
  if (!actions.pause && !actions.resume) return null;
  return (
    <Button variant={actions.resume ? "primary" : "secondary"} onClick={actions.resume ? resume : pause} aria-disabled={pending || undefined}>
      {actions.resume ? <Play aria-hidden /> : <Pause aria-hidden />}
      {actions.resume ? "Resume" : "Pause"}
    </Button>
  );
}
