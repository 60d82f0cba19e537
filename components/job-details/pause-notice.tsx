import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { type Pause, pauseOf } from "./pause-words.ts";

interface PauseNoticeProps {
  job: JobDetails;
  onPriority: () => void;
}

/** Why the job does not run, since when, and whether anybody has to do something about it. */
export function PauseNotice({ job, onPriority }: PauseNoticeProps) {
  const pause = pauseOf(job);
  if (!pause) return null;
  if (pause.by === "person") {
    return (
      <Alert tone={pause.event?.detail ? "warning" : "info"} title={<ByPerson pause={pause} />}>
        {pause.event?.detail && (
          <p className="mb-1">
            <SafeText text={pause.event.detail} />
          </p>
        )}
        {pause.state === "pausing" ? "Tasks in flight end and are counted; no new one starts. " : "What has run is kept. "}
        {job.actions.resume ? "The job goes on from there when somebody resumes it." : "The job goes on from there once an operator resumes it."}
      </Alert>
    );
  }
  return (
    <Alert
      tone="info"
      title={pause.state === "pausing" ? "Pausing: jobs of higher priority need the capacity" : "Paused: jobs of higher priority have the capacity"}
      actions={
        job.actions.priority && (
          <Button size="sm" onClick={onPriority}>
            Update priority
          </Button>
        )
      }
    >
      {pause.event && (
        <>
          Since <Time value={pause.event.at} absolute />.{" "}
        </>
      )}
      It goes on by itself as soon as they leave room. Its own priority is {formatNumber(job.priority)}.
    </Alert>
  );
}

const ByPerson = ({ pause: { state, event } }: { pause: Pause }) => (
  <>
    {state === "pausing" ? "Pausing: tasks in flight end" : "Paused"}
    {event && (
      <>
        {state === "pausing" ? ". Asked for by " : " by "}
        <Actor event={event} />, <Time value={event.at} />
      </>
    )}
  </>
);
