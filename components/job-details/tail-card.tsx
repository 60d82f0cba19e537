"use client";
import { Check, Pause, Play, X } from "lucide-react";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { TailTask } from "#lib/jobs/sample-views.ts";
import { useJobTail } from "../job-samples-api.ts";
import { hasEnded } from "../job-status.ts";
import { ObjectName } from "../object-name.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { clockWords } from "./moment-words.ts";

/** Tasks as they end, while somebody asks for them. What is being read stays where it is. */
export function TailCard({ job }: { job: JobDetails }) {
  const [watching, setWatching] = useState(false);
  const [held, setHeld] = useState<readonly TailTask[] | null>(null);
  const query = useJobTail(job, watching);
  const latest = query.data?.tasks ?? [];
  const runs = job.status === "Active" || job.status === "Pausing";
  // Once asked for, it stays when the job ends.
  if (!runs && !watching) return null;
  const tasks = held ?? latest;
  return (
    <Card aria-label="Live tasks">
      <CardHeader
        title="Live tasks"
        description="Some of the tasks that ended last, at most a few a second. The completion report has them all."
        actions={
          watching ? (
            <Button size="sm" onClick={() => setHeld(held ? null : latest)}>
              {held ? <Play aria-hidden /> : <Pause aria-hidden />}
              {held ? "Go on" : "Hold"}
            </Button>
          ) : (
            <Button size="sm" onClick={() => setWatching(true)}>
              <Play aria-hidden />
              Watch
            </Button>
          )
        }
      />
      {watching && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section aria-label="Tasks that ended last" aria-live="off" tabIndex={0} className="h-80 overflow-y-auto -outline-offset-2">
          {tasks.length === 0 ? (
            <p className="px-5 py-8 text-center text-text-muted">
              {query.error ? query.error.message : hasEnded(job.status) ? "The job has ended." : "Tasks show here from the next second on, as they end."}
            </p>
          ) : (
            <ul className="divide-y divide-border">
              {tasks.map((task) => (
                <TailRow key={task.id} task={task} />
              ))}
            </ul>
          )}
        </section>
      )}
    </Card>
  );
}

function TailRow({ task }: { task: TailTask }) {
  const failed = task.outcome === "failed";
  const Icon = failed ? X : Check;
  return (
    <li className="flex items-start gap-3 px-5 py-2">
      <Icon
        role="img"
        aria-label={failed ? "Failed" : "Succeeded"}
        className={failed ? "mt-0.5 size-4 shrink-0 text-danger" : "mt-0.5 size-4 shrink-0 text-success"}
      />
      <div className="min-w-0 flex-1">
        <ObjectName task={task} />
        {(failed || task.message) && (
          <p className="text-note text-text-muted">
            {failed && <SafeText text={`${task.httpStatus || ""} ${task.code ?? ""}`.trim()} className="mr-2 font-mono text-danger" />}
            {task.message && <SafeText text={task.message} max={160} />}
          </p>
        )}
      </div>
      <time dateTime={task.at} className="shrink-0 text-note text-text-muted tabular-nums">
        {clockWords(Date.parse(task.at))}
      </time>
    </li>
  );
}
