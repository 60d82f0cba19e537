"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportRow } from "#lib/reports/report-row.ts";
import { IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { formatNumber } from "../ui/number.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** What operations advise comes after the page's first load. */
const parts = lazily(() => import("./row-details.tsx"));

interface ReportRowDialogProps {
  job: JobDetails;
  rows: readonly ReportRow[];
  /** In `rows`; null: closed. */
  index: number | null;
  onIndexChange: (index: number | null) => void;
}

/** All of one row, in full, with what to do about it. The arrow keys lead to the rows beside it. */
export function ReportRowDialog({ job, rows, index, onIndexChange }: ReportRowDialogProps) {
  const details = useLazy(parts, index !== null);
  const row = index === null ? undefined : rows[index];
  useEffect(() => {
    if (index === null) return;
    const go = (event: KeyboardEvent) => {
      const next = event.key === "ArrowLeft" ? index - 1 : event.key === "ArrowRight" ? index + 1 : -1;
      if (next >= 0 && next < rows.length) onIndexChange(next);
    };
    // On the way down: the dialog keeps the arrow keys that are pressed in it to itself.
    document.addEventListener("keydown", go, { capture: true });
    return () => document.removeEventListener("keydown", go, { capture: true });
  }, [index, rows.length, onIndexChange]);
  return (
    <Dialog
      open={row !== undefined}
      onOpenChange={(next) => !next && onIndexChange(null)}
      title="Row of the report"
      description={index === null ? undefined : `Number ${formatNumber(index + 1)} of the ${formatNumber(rows.length)} shown`}
      footer={
        index !== null && (
          <>
            <IconButton label="Previous row" variant="secondary" disabled={index === 0} onClick={() => onIndexChange(index - 1)}>
              <ChevronLeft aria-hidden />
            </IconButton>
            <IconButton label="Next row" variant="secondary" disabled={index === rows.length - 1} onClick={() => onIndexChange(index + 1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </>
        )
      }
    >
      {row && (details ? <details.RowDetails job={job} row={row} /> : <Skeleton className="h-60 w-full" />)}
    </Dialog>
  );
}
