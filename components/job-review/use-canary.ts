"use client";
import { type RefObject, useRef, useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { agreedObjects, canaryError, proposedCanary, tasksLeft, tasksRun } from "./canary-size.ts";
import { parseCount } from "./typed-count.ts";

export interface CanaryChoice {
  /** Objects that have not run, and whether others have. */
  left: number;
  again: boolean;
  /** Whether only the first objects run. */
  first: boolean;
  setFirst: (first: boolean) => void;
  typed: string;
  setTyped: (text: string) => void;
  input: RefObject<HTMLInputElement | null>;
  /** Shown once somebody has tried to confirm it. */
  error: string | undefined;
  /** How many objects run. */
  objects: number;
  /** What the confirmation says. @returns null when it must not be sent yet; the input has the focus then */
  toConfirm: () => { tasksRun: number; canaryTasks?: number } | null;
}

/** @param job one that awaits its confirmation */
export function useCanary(job: JobDetails): CanaryChoice {
  const [chosen, setFirst] = useState<boolean | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const left = tasksLeft(job);
  // What somebody else has confirmed already: no more can run.
  const agreed = agreedObjects(job, left);
  const first = chosen ?? agreed < left;
  const text = typed ?? String(agreed < left ? agreed : proposedCanary(job));
  const error = first ? canaryError(text, job) : undefined;
  return {
    left,
    again: tasksRun(job) > 0,
    first,
    setFirst: (yes) => {
      // The input chooses it whenever it has the focus, and has it when what was typed is refused: that is to be read.
      if (yes !== first) setTried(false);
      setFirst(yes);
    },
    typed: text,
    setTyped: (next) => {
      setTyped(next);
      setTried(false);
    },
    input,
    error: tried ? error : undefined,
    objects: first && error === undefined ? (parseCount(text) ?? left) : left,
    toConfirm: () => {
      setTried(true);
      if (error !== undefined) {
        input.current?.focus();
        return null;
      }
      return { tasksRun: tasksRun(job), ...(first && { canaryTasks: parseCount(text) ?? 0 }) };
    },
  };
}

/** A dry run changes nothing to begin with, and of one object there is no first part. */
export const mayTryFirst = (job: JobDetails): boolean => job.actions.confirm && !job.dryRun && tasksLeft(job) > 1;
