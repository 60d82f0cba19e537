"use client";
import { useState } from "react";
import type { JobEventView } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { statusWords } from "../job-status.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardFooter, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { Time } from "../ui/time.tsx";
import { eventWords } from "./event-words.ts";

const dots = {
  neutral: "bg-text-faint",
  info: "bg-info",
  success: "bg-success-solid",
  warning: "bg-warning-solid",
  danger: "bg-danger-solid",
  progress: "bg-accent",
} as const;

/** Shown at first; a script can change a priority without end. */
const folded = 8;

/** What happened, when, and who did it; the newest first. */
export function TimelineCard({ events }: { events: readonly JobEventView[] }) {
  const [all, setAll] = useState(false);
  const newest = [...events].reverse();
  // One alone is not worth a button.
  const shown = all || newest.length <= folded + 1 ? newest : newest.slice(0, folded);
  const began = events.find((event) => event.type === "activate");
  return (
    <Card>
      <CardHeader title="Timeline" />
      <CardBody>
        <ol className="flex flex-col">
          {shown.map((event) => (
            <li key={event.id} className="group/event relative flex gap-3 pb-5 last:pb-0">
              <span aria-hidden className="-translate-x-1/2 absolute top-4 bottom-0 left-1 w-px bg-border group-last/event:hidden" />
              <span
                aria-hidden
                className={cn(
                  "relative mt-1.5 size-2 shrink-0 rounded-full",
                  dots[event.to ? statusWords(event.to).tone : event.type === "delay" ? "warning" : "neutral"],
                )}
              />
              <div className="min-w-0 flex-1">
                <div className="flex items-baseline justify-between gap-3">
                  <p className="font-medium">{eventWords(event.type, event !== began)}</p>
                  <Time value={event.at} className="shrink-0 whitespace-nowrap text-text-muted text-xs" />
                </div>
                <p className="text-note text-text-muted">
                  <Actor event={event} />
                  {event.to && (
                    <>
                      {" · "}
                      {event.from && event.from !== event.to && `${statusWords(event.from).label} → `}
                      {statusWords(event.to).label}
                    </>
                  )}
                </p>
                {event.detail && (
                  <p className="mt-1 text-note">
                    <SafeText text={event.detail} max={280} />
                  </p>
                )}
              </div>
            </li>
          ))}
        </ol>
      </CardBody>
      {shown.length < newest.length && (
        <CardFooter className="justify-start">
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            Show all {newest.length} entries
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}
