"use client";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { lazily, useLazy } from "../ui/lazily.ts";

const parts = lazily(() => import("./limits-dialog-parts.tsx"));

export interface LimitsDialogProps {
  job: JobDetails;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function LimitsDialog(props: LimitsDialogProps) {
  const loaded = useLazy(parts, props.open);
  return loaded && <loaded.LimitsDialogRoot {...props} />;
}
