"use client";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { lazily, useLazy } from "./ui/lazily.ts";

const parts = lazily(() => import("./job-cancel-parts.tsx"));

export interface CancelDialogProps {
  job: JobListItem;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Says how much has run already, since that stays. */
export function CancelDialog(props: CancelDialogProps) {
  const loaded = useLazy(parts, props.open);
  return loaded && <loaded.CancelDialogRoot {...props} />;
}
