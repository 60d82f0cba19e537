import type { JobEventName } from "#lib/jobs/transition.ts";

/** Events that do not move a job from one status to another. */
type OtherEvent =
  | "create"
  | "priority"
  | "limits"
  | "tag"
  | "delay"
  | "comment"
  | "send-back"
  | "ask-again"
  | "first-confirmation"
  | "take-back-confirmation"
  | "void-confirmation";

const words: Record<JobEventName | OtherEvent, string> = {
  create: "Created",
  prepare: "Preparation began",
  suspend: "Prepared",
  ready: "Prepared",
  confirm: "Confirmed",
  activate: "Tasks began",
  pause: "Paused",
  preempt: "Gave way to jobs of higher priority",
  halt: "Tasks in flight have ended",
  resume: "Resumed",
  "complete-tasks": "All tasks have run",
  "canary-end": "Canary ended",
  "exceed-threshold": "Too many failures",
  cancel: "Cancelled",
  fail: "Failed",
  expire: "Confirmation expired",
  "expire-canary": "Confirmation expired",
  abandon: "Given up",
  finish: "Report written",
  priority: "Priority changed",
  limits: "Limits changed",
  tag: "Tags changed",
  delay: "Held up",
  comment: "Commented",
  "send-back": "Sent back",
  "ask-again": "Asked again",
  "first-confirmation": "First confirmation",
  "take-back-confirmation": "Confirmation taken back",
  "void-confirmation": "Confirmation no longer counts",
};

/**
 * What a person reads in the timeline; an event of another version is shown by its own name.
 * @param again whether the job's tasks had begun before
 */
export function eventWords(type: string, again: boolean): string {
  if (type === "activate" && again) return "Tasks go on";
  return Object.hasOwn(words, type) ? words[type as keyof typeof words] : type;
}
