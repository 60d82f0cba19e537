import { Check, Rocket } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Start } from "#lib/home/home-views.ts";
import { sampleHref } from "../job-wizard/draft-links.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { useCan } from "../use-can.tsx";

/** Leads whoever has no job yet to the first one. */
export function FirstJob({ start }: { start: Start }) {
  const mayCreate = useCan("job.create");
  if (!mayCreate) {
    return (
      <Card>
        <EmptyState icon={<Rocket />} title="No jobs yet">
          What others create appears here: what waits for a confirmation, what runs, and what has ended.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      {start.sample && <TryIt />}
      <Steps start={start} />
    </>
  );
}

/** Three clicks: here, Create job, and Run job on the review. */
const TryIt = () => (
  <Card aria-label="Try it">
    <EmptyState
      icon={<Rocket />}
      title={<h2>Try it on the sandbox’s photos</h2>}
      action={
        <Link href={sampleHref("tag-photos")} className={buttonClass({ variant: "primary" })}>
          Tag the 2026 sample photos
        </Link>
      }
      className="py-12"
    >
      A job that gives 1,000 sample photos a tag is filled in already. You look at it, create it, review what it will do, and run it. They are made for this:
      nothing else is touched.
    </EmptyState>
  </Card>
);

function Steps({ start }: { start: Start }) {
  const mayConnect = useCan("connection.write");
  const steps: readonly StepProps[] = [
    {
      title: "Add a connection",
      text: "The S3 endpoint where your objects are, with keys to look around there.",
      done: start.connections > 0,
      action: mayConnect ? { href: "/connections", label: "Add a connection" } : null,
    },
    {
      title: "Add an execution role",
      text: "The keys that jobs run with, and nothing beyond what they may do.",
      done: start.roles > 0,
      action: mayConnect ? { href: "/roles", label: "Add a role" } : null,
    },
    {
      title: "Create a job",
      text: "Choose the objects and what is done to them. Nothing runs until somebody has confirmed it.",
      done: false,
      action: { href: "/jobs/new", label: "Create job" },
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <Card aria-label="Your own objects">
      <CardHeader title={start.sample ? "Or with your own objects" : "Your first job"} />
      <ol className="divide-y divide-border">
        {steps.map((step, index) => (
          <Step key={step.title} {...step} number={index + 1} next={index === next && !start.sample} />
        ))}
      </ol>
    </Card>
  );
}

interface StepProps {
  title: string;
  text: string;
  done: boolean;
  /** Null where an administrator has to. */
  action: { href: string; label: string } | null;
}

function Step({ title, text, done, action, number, next }: StepProps & { number: number; next: boolean }) {
  const mark: ReactNode = done ? <Check aria-label="Done" className="size-3.5" /> : number;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <span
        className={cn(
          "flex size-6 shrink-0 items-center justify-center rounded-full font-medium text-xs tabular-nums",
          done ? "bg-success-soft text-success" : "bg-accent-soft text-accent-text",
        )}
      >
        {mark}
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{title}</p>
        <p className="text-note text-text-muted">{text}</p>
      </div>
      {!done &&
        (action ? (
          <Link href={action.href} className={buttonClass({ size: "sm", variant: next ? "primary" : "secondary" })}>
            {action.label}
          </Link>
        ) : (
          <span className="text-note text-text-muted">Ask an administrator</span>
        ))}
    </li>
  );
}
