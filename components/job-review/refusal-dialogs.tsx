"use client";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { useAskAgain, useReadAgain, useSendBackJob } from "../job-comments/conversation-api.ts";
import type { RefusalDialogs as Dialogs } from "./refuse-buttons.tsx";
import { SayDialog } from "./say-dialog.tsx";

/** They belong to the page and not to its bar, which changes under an open dialog when somebody else decides. */
export function RefusalDialogs({ job, dialogs: { open, show } }: { job: JobDetails; dialogs: Dialogs }) {
  const sendBack = useSendBackJob(job.id);
  const askAgain = useAskAgain(job.id);
  const readAgain = useReadAgain(job.id);
  const close = () => show(null);
  return (
    <>
      <CancelDialog job={job} open={open === "cancel"} onOpenChange={(next) => show(next ? "cancel" : null)} />
      <SayDialog
        open={open === "send-back"}
        onClose={close}
        title="Send this job back?"
        description="Nobody can run it until an operator has changed it or asked again. It still expires when it would have."
        label="What has to change"
        missing="Say what has to change, so that the operator knows what to do"
        verb="Send back"
        done="The job was sent back"
        refused="The job was not sent back"
        send={(reason) => sendBack.mutateAsync({ reason }).then(readAgain)}
      />
      <SayDialog
        open={open === "ask-again"}
        onClose={close}
        title="Ask for a confirmation again?"
        description="The job stays as it is, and a reviewer can run it again."
        label="Why it is right as it is"
        missing="Say what the reviewer should know now"
        verb="Ask again"
        done="The job awaits confirmation again"
        refused="The job still stands as sent back"
        send={(comment) => askAgain.mutateAsync({ comment }).then(readAgain)}
      />
    </>
  );
}
