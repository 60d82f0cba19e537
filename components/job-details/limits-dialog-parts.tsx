"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import type { JobDetails, Limits } from "#lib/jobs/job-views.ts";
import { limitsSchema } from "#lib/jobs/limits-schema.ts";
import { showApiError } from "../form-errors.ts";
import { useJobLimits } from "../job-api.ts";
import { LimitFields } from "../limit-fields.tsx";
import { capOf } from "../limits-words.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { toast } from "../ui/toast.ts";
import type { LimitsDialogProps } from "./limits-dialog.tsx";

const names = ["maxInFlight", "maxRequestsPerSecond"] as const;

/** limits-dialog.tsx loads it. */
export function LimitsDialogRoot({ job, open, onOpenChange }: LimitsDialogProps) {
  const formId = useId();
  const update = useJobLimits(job.id);
  const close = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Limits of this job"
      description="For a store that others need too. The connection’s own limits count as well; the smaller one wins."
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" type="submit" form={formId} loading={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <LimitsForm id={formId} job={job} update={update} onDone={close} />
    </Dialog>
  );
}

interface LimitsFormProps {
  id: string;
  job: JobDetails;
  update: ReturnType<typeof useJobLimits>;
  onDone: () => void;
}

/** Inside the dialog, so that it begins anew each time that one opens. */
function LimitsForm({ id, job, update, onDone }: LimitsFormProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const { register, formState, handleSubmit, setError } = useForm<Limits>({
    defaultValues: job.limits,
    resolver: zodResolver(limitsSchema),
    mode: "onTouched",
  });
  const save = handleSubmit((limits) => {
    setFailure(null);
    update.mutate(limits, {
      onSuccess: () => {
        toast.success("The limits are saved");
        onDone();
      },
      onError: (error) => setFailure(showApiError(error, setError, names)),
    });
  });
  const { errors } = formState;
  return (
    <form id={id} noValidate onSubmit={save} className="flex flex-col gap-4">
      <LimitFields
        maxInFlight={register("maxInFlight", { setValueAs: capOf })}
        maxRequestsPerSecond={register("maxRequestsPerSecond", { setValueAs: capOf })}
        errors={{ maxInFlight: errors.maxInFlight?.message, maxRequestsPerSecond: errors.maxRequestsPerSecond?.message }}
      />
      <p className="text-note text-text-muted">
        A change counts within seconds, while the job runs too. Longshore slows down by itself when a store asks for it.
      </p>
      {failure && <Alert tone="danger">{failure}</Alert>}
    </form>
  );
}
