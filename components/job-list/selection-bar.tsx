"use client";
import { ArrowUpDown, CircleX, Pause, Play, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { type JobAction, maxJobsAtOnce } from "#lib/jobs/job-actions.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { formatNumber } from "../ui/number.tsx";
import { toast } from "../ui/toast.ts";
import { useCan } from "../use-can.tsx";
import { listIds } from "./job-list-api.ts";
import type { Selection } from "./use-selection.ts";

const ChangeJobsDialog = dynamic(() => import("./change-jobs-dialog.tsx").then((module) => module.ChangeJobsDialog), { ssr: false });

interface SelectionBarProps {
  selection: Selection;
  /** Jobs that match, on all pages. */
  total: number;
  /** Of the list, for the ids of all of them. */
  search: string;
}

/** How many jobs are chosen, and what can be done with them. */
export function SelectionBar({ selection, total, search }: SelectionBarProps) {
  const [action, setAction] = useState<JobAction | null>(null);
  const [choosing, setChoosing] = useState(false);
  const may = { pause: useCan("job.pause"), priority: useCan("job.priority"), cancel: useCan("job.cancel") };
  const count = selection.chosen.size;
  const most = Math.min(total, maxJobsAtOnce);
  const chooseAll = async () => {
    setChoosing(true);
    try {
      selection.set((await listIds(search)).ids);
    } catch (error) {
      toast.error("The jobs could not be chosen", { description: error instanceof Error ? error.message : String(error) });
    } finally {
      setChoosing(false);
    }
  };
  return (
    <section aria-label="Chosen jobs" className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span aria-live="polite" className="mr-1 font-medium text-note tabular-nums">
        {formatNumber(count)} chosen
      </span>
      {may.pause && (
        <>
          <Button size="sm" onClick={() => setAction("pause")}>
            <Pause aria-hidden />
            Pause
          </Button>
          <Button size="sm" onClick={() => setAction("resume")}>
            <Play aria-hidden />
            Resume
          </Button>
        </>
      )}
      {may.priority && (
        <Button size="sm" onClick={() => setAction("priority")}>
          <ArrowUpDown aria-hidden />
          Change priority
        </Button>
      )}
      {may.cancel && (
        <Button size="sm" onClick={() => setAction("cancel")}>
          <CircleX aria-hidden />
          Cancel jobs
        </Button>
      )}
      {count < most && (
        <Button size="sm" variant="ghost" loading={choosing} onClick={chooseAll}>
          {total > most ? `Choose the first ${formatNumber(most)} of ${formatNumber(total)}` : `Choose all ${formatNumber(total)}`}
        </Button>
      )}
      <IconButton size="sm" label="Choose none" onClick={selection.clear}>
        <X aria-hidden />
      </IconButton>
      {action && <ChangeJobsDialog action={action} jobIds={[...selection.chosen]} onClose={() => setAction(null)} onDone={selection.clear} />}
    </section>
  );
}
