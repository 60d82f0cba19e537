import type { JobListItem } from "../jobs/job-views.ts";

/** What the JSON API answers for the home page. Times are ISO 8601. */

export interface AwaitingJob extends JobListItem {
  /** What it will do. */
  sentence: string;
  suspendedAt: string;
  /** When it fails by itself. */
  expiresAt: string;
  /** One person has confirmed it, and another one has to. */
  confirmedByOne: boolean;
}

export interface SentBackJob extends JobListItem {
  /** Who wants it changed (the name, where it is known), when and why. */
  by: string;
  at: string;
  reason: string;
}

export interface RunningJob extends JobListItem {
  /** Over the last seconds; null while nothing runs, and before two looks at it. */
  tasksPerSecond: number | null;
}

export interface TroubledJob extends JobListItem {
  /** The code that most of its failed tasks have. */
  leadingError: { code: string; httpStatus: number; count: number } | null;
  /** Why the job itself failed, in words. */
  failure: string | null;
}

/** The first rows of a section. */
export interface Section<Job> {
  jobs: Job[];
  /** Whether there are more than are shown. */
  more: boolean;
}

export interface Home {
  /** Whether the person may confirm; of those who may not, only their own jobs wait here. */
  mayConfirm: boolean;
  /** The first to expire first. */
  awaiting: Section<AwaitingJob> & { total: number };
  /** The person's own jobs that a reviewer sent back; the first that came back first. */
  sentBack: Section<SentBackJob> & { total: number };
  running: Section<RunningJob> & { total: number };
  /** Ended in the last days, itself failed or with failed tasks; the last first. */
  troubled: Section<TroubledJob>;
  /** Ended in the last days, and nothing failed; the last first. */
  finished: Section<JobListItem>;
  health: Health;
  /** How far somebody is who has no job yet; null where there are jobs. */
  start: Start | null;
}

export interface Health {
  workersAlive: number;
  /** Connections that a probe found wanting: why, in words. */
  connections: { id: string; name: string; problem: string }[];
}

export interface Start {
  connections: number;
  roles: number;
  /** There is a sandbox, whose sample job can be made at once. */
  sample: boolean;
}
