"use client";
import { Play } from "lucide-react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ConfirmJob } from "../job-api.ts";
import { RepeatButton } from "../repeat-button.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { useCan } from "../use-can.tsx";
import { CanaryChoice } from "./canary-choice.tsx";
import { runWords } from "./canary-size.ts";
import { DecisionBar } from "./decision-bar.tsx";
import { type RefusalDialogs, RefuseButtons } from "./refuse-buttons.tsx";
import { TypedCountField } from "./typed-count-field.tsx";
import { mayTryFirst } from "./use-canary.ts";
import { useDecision } from "./use-decision.ts";

/** What approving means, and the buttons that do it or say no. */
export function ReviewFooter({ job, confirm, dialogs }: { job: JobDetails; confirm: ConfirmJob; dialogs: RefusalDialogs }) {
  const { running, ready, errors, inSpite, setInSpite, count, canary, run } = useDecision(job, confirm);
  const mayCreate = useCan("job.create");
  return (
    <DecisionBar onSubmit={run}>
      {errors > 0 && (
        <Checkbox
          className="basis-full text-note"
          checked={inSpite}
          onCheckedChange={setInSpite}
          label={`Confirm although ${errors === 1 ? "a check has found an error" : `checks have found ${errors} errors`}`}
        />
      )}
      {mayTryFirst(job) && !running && <CanaryChoice choice={canary} />}
      {count ? (
        <TypedCountField total={job.totalTasks} count={count} />
      ) : (
        <p className="max-w-xl self-center text-note text-text-muted [overflow-wrap:anywhere] max-sm:basis-full">
          <SafeText text={words(job, running)} />
        </p>
      )}
      <div className="flex flex-1 flex-wrap justify-end gap-2 max-sm:basis-full">
        {!running && <RefuseButtons job={job} dialogs={dialogs} />}
        {!job.dryRun && mayCreate && !running && (
          <RepeatButton job={job} dryRun className="max-sm:flex-1">
            Dry run first
          </RepeatButton>
        )}
        {(job.actions.confirm || running) && (
          <Button
            type="submit"
            variant={job.irreversible === null ? "primary" : "danger"}
            disabled={!ready && !running}
            loading={running}
            className="max-sm:basis-full"
          >
            <Play aria-hidden />
            {runWords(job, canary)}
          </Button>
        )}
      </div>
    </DecisionBar>
  );
}

function words(job: JobDetails, running: boolean): string {
  if (running) return "";
  if (job.confirmation?.refusal) return job.confirmation.refusal;
  if (!job.actions.confirm) return "A reviewer or an administrator decides: your role may not confirm jobs.";
  if (job.preflight === null) return "It can be run as soon as the checks have ended.";
  return job.dryRun ? "It reads, and changes nothing." : "Nothing is changed before you say so.";
}
