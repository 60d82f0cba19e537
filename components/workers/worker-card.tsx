import { Server } from "lucide-react";
import Link from "next/link";
import type { WorkerView } from "#lib/jobs/job-views.ts";
import { countOf, formatRate } from "../job-progress.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge, type BadgeTone } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { IconTile } from "../ui/icon-tile.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Progress } from "../ui/progress.tsx";
import { Time } from "../ui/time.tsx";
import { stateOf, type WorkerState } from "./worker-totals.ts";

const looks: Record<WorkerState, { tone: BadgeTone; label: string; meaning: string }> = {
  working: { tone: "progress", label: "Working", meaning: "It runs chunks of jobs." },
  idle: { tone: "neutral", label: "Idle", meaning: "It waits for work." },
  draining: {
    tone: "warning",
    label: "Draining",
    meaning: "It was told to stop: it takes nothing new, and ends once its chunks have ended or are given back.",
  },
  silent: { tone: "danger", label: "Not heard from", meaning: "It is taken for dead. Another worker takes over its chunks; no task is lost." },
};

export function WorkerCard({ worker }: { worker: WorkerView }) {
  const state = stateOf(worker);
  const { tone, label, meaning } = looks[state];
  return (
    <Card className={cn(state === "silent" && "border-dashed")}>
      <header className="flex items-start gap-3 px-5 py-3.5">
        <IconTile>
          <Server />
        </IconTile>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 className="font-semibold leading-5 [overflow-wrap:anywhere]">
              <SafeText text={worker.hostname} />
            </h2>
            <Badge tone={tone} dot>
              {label}
            </Badge>
          </div>
          <p className="text-note text-text-muted">
            Process {worker.pid} · {countOf(worker.executors, "executor")} · started <Time value={worker.startedAt} />
            {state === "silent" && (
              <>
                {" "}
                · last seen <Time value={worker.lastSeenAt} />
              </>
            )}
          </p>
          {(state === "silent" || state === "draining") && <p className="mt-1 text-note">{meaning}</p>}
        </div>
        {state !== "silent" && (
          <p className="shrink-0 text-right">
            <span className="block font-medium text-base tabular-nums">{formatRate(worker.tasksPerSecond)}</span>
            <span className="block text-text-muted text-xs">tasks</span>
          </p>
        )}
      </header>
      {worker.chunks.length > 0 && <Chunks chunks={worker.chunks} hostname={worker.hostname} />}
    </Card>
  );
}

const Chunks = ({ chunks, hostname }: { chunks: WorkerView["chunks"]; hostname: string }) => (
  <ul aria-label={`What ${hostname} runs`} className="divide-y divide-border border-border border-t">
    {chunks.map(({ jobId, description, operationTitle, firstRow, rows, done }) => {
      const range = `${formatNumber(firstRow)} to ${formatNumber(firstRow + rows - 1)}`;
      return (
        <li key={`${jobId} ${firstRow}`} className="grid items-center gap-x-6 gap-y-1.5 px-5 py-2.5 sm:grid-cols-[minmax(0,1fr)_16rem]">
          <div className="min-w-0">
            <Link href={`/jobs/${jobId}`} className="line-clamp-1 rounded font-medium hover:underline [overflow-wrap:anywhere]">
              <SafeText text={description || operationTitle} />
            </Link>
            <p className="text-note text-text-muted tabular-nums">{description ? `${operationTitle} · rows ${range}` : `Rows ${range}`}</p>
          </div>
          <div>
            <Progress value={done} max={rows} label={`Progress of rows ${range}`} />
            <p className="mt-1 text-right text-text-muted text-xs tabular-nums">
              {formatNumber(done)} of {formatNumber(rows)}
            </p>
          </div>
        </li>
      );
    })}
  </ul>
);
