"use client";
import Link from "next/link";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { replaceHref } from "../job-links.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { type RefusalDialogs, RefuseButtons } from "./refuse-buttons.tsx";

/** What can become of a job that was sent back: another one in its place, or the same once more. */
export function SentBackFooter({ job, dialogs }: { job: JobDetails; dialogs: RefusalDialogs }) {
  const ask = () => dialogs.show("ask-again");
  return (
    <DecisionBar onSubmit={ask}>
      <p className="self-center text-note text-text-muted max-sm:basis-full">
        {job.actions.askAgain
          ? "Change it, or ask again and say why it is right as it is."
          : "Whoever created it, a reviewer or an administrator can change it, or ask again."}
      </p>
      <div className="flex flex-1 flex-wrap justify-end gap-2 max-sm:basis-full">
        <RefuseButtons job={job} dialogs={dialogs} />
        {job.actions.askAgain && (
          <Button className="max-sm:flex-1" type="submit">
            Ask again
          </Button>
        )}
        {job.actions.replace && (
          <Link href={replaceHref(job.id)} className={buttonClass({ variant: "primary" }, "max-sm:basis-full")}>
            Change it
          </Link>
        )}
      </div>
    </DecisionBar>
  );
}
