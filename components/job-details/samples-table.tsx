"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { formatRate } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import { momentWords } from "./moment-words.ts";
import type { ProgressPoint } from "./progress-series.ts";

/** The chart's figures in rows, the newest first; made when they are asked for. */
export function SamplesTable({ points }: { points: readonly ProgressPoint[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/table mt-3">
      <summary className="inline-flex cursor-pointer list-none items-center gap-1.5 rounded text-note text-text-muted hover:text-text [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open/table:rotate-90" />
        The same as a table
      </summary>
      {open && (
        <div className="-mx-5 mt-2 max-h-96 overflow-y-auto border-border border-t">
          <Table label="Progress over time, as a table">
            <THead>
              <Tr>
                <Th>From</Th>
                <Th numeric>Tasks a second</Th>
                <Th numeric>Succeeded</Th>
                <Th numeric>Failed</Th>
                <Th numeric>In flight</Th>
                <Th numeric>Throttled</Th>
              </Tr>
            </THead>
            <TBody>
              {[...points].reverse().map((point) => (
                <Tr key={point.from}>
                  <Td className="whitespace-nowrap">{momentWords(point.from)}</Td>
                  <Td numeric>{formatRate(point.rate)}</Td>
                  <Td numeric>{formatNumber(point.succeededTasks)}</Td>
                  <Td numeric>{formatNumber(point.failedTasks)}</Td>
                  <Td numeric>{formatNumber(Math.round(point.inFlight))}</Td>
                  <Td numeric>{formatNumber(point.throttledAnswers)}</Td>
                </Tr>
              ))}
            </TBody>
          </Table>
        </div>
      )}
    </details>
  );
}
