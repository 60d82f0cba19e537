import type { JobStatus } from "#lib/db/generated/enums.ts";
import { percentDone, percentText, type TaskCounts } from "./job-progress.ts";
import { isPaused, isPreparing } from "./job-status.ts";
import { cn } from "./ui/cn.ts";
import { Progress } from "./ui/progress.tsx";

/** What succeeded and what failed, side by side on one bar; amber while the job is paused, under way without a length while the manifest is read. */
export function JobProgressBar({ job, className }: { job: TaskCounts & { status: JobStatus }; className?: string }) {
  if (isPreparing(job.status)) return <Progress value={job.status === "New" ? 0 : null} label="Reading the manifest" className={className} />;
  const percent = percentDone(job);
  const resting = isPaused(job.status);
  const share = (count: number) => `${job.totalTasks > 0 ? Math.min(100, (count / job.totalTasks) * 100) : 0}%`;
  return (
    <div
      role="progressbar"
      aria-label="Tasks that have ended"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={resting ? `${percentText(percent)}, ${job.status === "Paused" ? "paused" : "pausing"}` : percentText(percent)}
      className={cn("flex h-1.5 w-full overflow-hidden rounded-full bg-surface-3", className)}
    >
      <div
        className={cn("h-full transition-[width] duration-500", resting ? "bg-warning-solid" : "bg-success-solid")}
        style={{ width: share(job.succeededTasks) }}
      />
      {/* A few failures among millions still show. */}
      <div
        className="h-full bg-danger-solid transition-[width] duration-500"
        style={{
          width: share(job.failedTasks),
          minWidth: job.failedTasks > 0 ? 3 : 0,
        }}
      />
    </div>
  );
}
