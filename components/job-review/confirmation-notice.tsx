"use client";
import type { ConfirmationView } from "#lib/confirmation/policy-views.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { useTakeBack } from "../job-api.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";

/** That a job needs two people, who was the first of them, and how that is undone. Nothing where one is enough. */
export function ConfirmationNotice({ job }: { job: JobDetails }) {
  const takeBack = useTakeBack(job.id);
  const { confirmation } = job;
  if (!confirmation || confirmation.needed === 1 || job.sentBack) return null;
  const { given, needed, why } = confirmation;
  const undo = () =>
    takeBack.mutate(undefined, {
      onSuccess: () => toast.success("Your confirmation is taken back"),
      onError: (error) => toast.error("Your confirmation still stands", { description: error.message }),
    });
  return (
    <Alert
      tone="info"
      title={given.length === 0 ? "Two people have to confirm this job" : `${given.length} of ${needed} people have confirmed this job`}
      actions={
        job.actions.takeBack && (
          <Button size="sm" onClick={undo} loading={takeBack.isPending}>
            Take my confirmation back
          </Button>
        )
      }
    >
      {given.map((one) => (
        <p key={one.actor}>
          {one.own ? "You" : <Actor event={{ actor: one.actor, actorName: one.name }} />} confirmed {what(one)} <Time value={one.at} />.
        </p>
      ))}
      <p>{why}</p>
    </Alert>
  );
}

function what({ canaryTasks }: ConfirmationView["given"][number]): string {
  if (canaryTasks === null) return "it";
  return canaryTasks === 1 ? "its next object, and no more," : `its next ${formatNumber(canaryTasks)} objects, and no more,`;
}
