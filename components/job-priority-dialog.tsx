"use client";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { lazily, useLazy } from "./ui/lazily.ts";

const parts = lazily(() => import("./job-priority-parts.tsx"));

export interface PriorityDialogProps {
  job: Pick<JobListItem, "id" | "priority">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What checks a priority comes with the job's whole schema, so it is not part of a page's first load. */
export function PriorityDialog(props: PriorityDialogProps) {
  const loaded = useLazy(parts, props.open);
  return loaded && <loaded.PriorityDialogRoot {...props} />;
}
