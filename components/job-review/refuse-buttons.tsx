"use client";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Button } from "../ui/button.tsx";

/** Which dialog is open. */
export type RefusalDialog = "cancel" | "send-back" | "ask-again";

export interface RefusalDialogs {
  open: RefusalDialog | null;
  show: (dialog: RefusalDialog | null) => void;
}

/** No, for good or for now. */
export const RefuseButtons = ({ job, dialogs }: { job: JobDetails; dialogs: RefusalDialogs }) => (
  <>
    {job.actions.cancel && (
      <Button className="max-sm:flex-1" onClick={() => dialogs.show("cancel")}>
        Cancel job
      </Button>
    )}
    {job.actions.sendBack && (
      <Button className="max-sm:flex-1" onClick={() => dialogs.show("send-back")}>
        Send back
      </Button>
    )}
  </>
);
