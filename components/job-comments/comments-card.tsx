"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { JobDetails, JobEventView } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { Time } from "../ui/time.tsx";
import { CommentForm } from "./comment-form.tsx";
import { CommentText } from "./comment-text.tsx";
import { madeBy, noteOf, saidSince } from "./conversation.ts";

/** The newest of them are what matters now. */
const shownAtFirst = 6;

/** Who made the job, when and why, and what operators and reviewers have said to each other since. */
export function CommentsCard({ job, title }: { job: JobDetails; title: string }) {
  const [all, setAll] = useState(false);
  const said = saidSince(job);
  const note = noteOf(job);
  const by = madeBy(job);
  const hidden = all ? 0 : Math.max(0, said.length - shownAtFirst);
  return (
    <Card aria-label={title}>
      <CardHeader title={title} />
      <CardBody className="flex flex-col gap-4">
        <Said who={by ? <Actor event={by} /> : "Somebody"} did="created it" at={job.createdAt}>
          {note?.detail ? <CommentText text={note.detail} /> : <p className="text-note text-text-muted">No note on why.</p>}
          {job.replaces && (
            <p className="mt-1 text-note text-text-muted">
              In place of{" "}
              <Link href={`/jobs/${job.replaces}`} className="font-medium text-accent-text hover:underline">
                an earlier job
              </Link>
              , which was cancelled for it.
            </p>
          )}
        </Said>
        {hidden > 0 && (
          <Button size="sm" variant="ghost" className="self-start" onClick={() => setAll(true)}>
            Show {hidden} earlier {hidden === 1 ? "comment" : "comments"}
          </Button>
        )}
        {/* A log is read out as it grows. */}
        <div role="log" aria-label="Comments" className={cn(said.length === 0 && "hidden")}>
          <ol className="flex flex-col gap-4">
            {said.slice(hidden).map((event) => (
              <li key={event.id}>
                <Said who={<Actor event={event} />} did={deeds[event.type]} at={event.at} mark={marks[event.type]}>
                  <CommentText text={event.detail ?? ""} />
                </Said>
              </li>
            ))}
          </ol>
        </div>
        {job.actions.comment && <CommentForm jobId={job.id} />}
      </CardBody>
    </Card>
  );
}

const deeds: Record<JobEventView["type"], string> = { "send-back": "sent it back", "ask-again": "asked again" };
const marks: Record<JobEventView["type"], string> = { "send-back": "border-warning-solid", "ask-again": "border-info" };

interface SaidProps {
  who: ReactNode;
  did?: string | undefined;
  at: string;
  /** Colour of the line beside it: a decision stands out among comments. */
  mark?: string | undefined;
  children: ReactNode;
}

const Said = ({ who, did, at, mark = "border-border-strong", children }: SaidProps) => (
  <div className={cn("min-w-0 border-l-2 pl-3", mark)}>
    <p className="flex flex-wrap items-baseline gap-x-1.5 text-note leading-5">
      <span className="font-medium">{who}</span>
      {did && <span className="text-text-muted">{did}</span>}
      <Time value={at} className="text-text-muted text-xs" />
    </p>
    <div className="mt-0.5">{children}</div>
  </div>
);
