"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { errorsOf } from "#lib/preflight/preflight.ts";
import { ApiError } from "../api-client.ts";
import { type ConfirmJob, usePauseJob } from "../job-api.ts";
import { countOf } from "../job-progress.ts";
import { sayThatItRuns } from "../runs-toast.ts";
import { toast } from "../ui/toast.ts";
import { agreedObjects } from "./canary-size.ts";
import { countError, parseCount } from "./typed-count.ts";
import { type CanaryChoice, useCanary } from "./use-canary.ts";

export interface Decision {
  /** It was said, and is being done. */
  running: boolean;
  /** Nothing stands in the way but, where it is asked for, the number. */
  ready: boolean;
  /** Errors of the checks, and whether it is to run in spite of them. */
  errors: number;
  inSpite: boolean;
  setInSpite: (yes: boolean) => void;
  /** The number of objects that has to be typed; null where nothing asks for it. */
  count: { input: RefObject<HTMLInputElement | null>; typed: string; setTyped: (text: string) => void; error: string | undefined } | null;
  /** Whether all objects run, or the first of them. */
  canary: CanaryChoice;
  run: () => void;
}

/** Sends the digest of what is shown, how many tasks had run, of what can never be undone the count, and the time of checks whose errors were seen. */
export function useDecision(job: JobDetails, confirm: ConfirmJob): Decision {
  const router = useRouter();
  const pause = usePauseJob(job.id);
  const running = confirm.isPending || confirm.isSuccess;
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [acknowledged, setAcknowledged] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const canary = useCanary(job);
  const asksForCount = job.irreversible !== null && job.actions.confirm && !running;
  const error = asksForCount ? countError(typed, job.totalTasks) : undefined;
  const errors = job.preflight && job.actions.confirm && !running ? errorsOf(job.preflight).length : 0;
  const inSpite = errors > 0 && acknowledged === job.preflight?.checkedAt;
  const run = () => {
    if (running) return;
    setTried(true);
    if (error) {
      input.current?.focus();
      return;
    }
    const objects = canary.toConfirm();
    if (objects === null) return;
    confirm.mutate(
      {
        definitionDigest: job.definitionDigest,
        ...(inSpite && acknowledged && { acknowledgedPreflight: acknowledged }),
        ...(asksForCount && { numberOfObjects: parseCount(typed) ?? 0 }),
        ...objects,
      },
      {
        onSuccess: ({ given, needed }) => {
          if (given < needed) {
            toast.success(`Your confirmation is kept: ${given} of ${needed}`, { description: "Nothing runs before a second person confirms the job, too." });
            // The page goes on showing the job as it is, and asks for the number again where the confirmation is taken back.
            confirm.reset();
            setTyped("");
            setTried(false);
            return;
          }
          const objects = agreedObjects(job, canary.objects);
          sayThatItRuns(job.id, job.dryRun ? "The dry run starts now" : `The job runs now, on ${countOf(objects, "object")}`, {
            description: canary.first || objects < canary.objects ? "Then it stops and asks again." : "You can pause or cancel it at any time.",
            onPause: () => pause.mutate(undefined, { onError: (failure) => toast.error("The job was not paused", { description: failure.message }) }),
          });
          router.push(`/jobs/${job.id}`);
        },
        onError: (failure) => toast.error(refusedTitle(failure), { description: failure.message, duration: 12_000 }),
      },
    );
  };
  return {
    running,
    ready: job.actions.confirm && job.preflight !== null && (errors === 0 || inSpite),
    errors,
    inSpite,
    setInSpite: (yes) => setAcknowledged(yes ? (job.preflight?.checkedAt ?? null) : null),
    count: asksForCount
      ? {
          input,
          typed,
          setTyped: (text) => {
            setTyped(text);
            setTried(false);
          },
          error: tried ? error : undefined,
        }
      : null,
    canary,
    run,
  };
}

function refusedTitle(error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "JobStatus") return "This job has been decided already";
  if (code === "Forbidden") return "You cannot confirm this job";
  if (code === "Conflict") return "The job cannot be confirmed as it is";
  return "The job was not confirmed";
}
