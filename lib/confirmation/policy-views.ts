import type { ConfirmationRules } from "./rules.ts";

/** What the JSON API answers. Times are ISO 8601. */

export interface ConfirmationPolicyView {
  rules: ConfirmationRules;
  /** Who changed them last; null while nobody has. */
  changed: { at: string; actor: string; name: string | null } | null;
  /** How many people have the right to confirm jobs. */
  confirmers: number;
}

/** Who has confirmed a job that awaits its confirmation, and who may still. */
export interface ConfirmationView {
  /** Different people. */
  needed: number;
  /** Why it has to be more than one; null where one is enough. */
  why: string | null;
  /** The yes of those who have confirmed it while others are needed, too; the oldest first. */
  given: { actor: string; name: string; at: string; canaryTasks: number | null; own: boolean }[];
  /** Why the caller, whose role may confirm jobs, cannot confirm this one, and who can; null otherwise. */
  refusal: string | null;
}

/** How many different people have confirmed a job now, of how many. With the last of them it runs. */
export interface Confirmed {
  given: number;
  needed: number;
}
