import type { ConfirmationView } from "../confirmation/policy-views.ts";
import type { ChunkStatus, JobStatus } from "../db/generated/enums.ts";
import type { Permission, Task } from "../operations/operation.ts";
import type { Tag } from "../operations/tags.ts";
import type { Preflight } from "../preflight/preflight.ts";
import type { DuplicateRows } from "./duplicate-rows.ts";
import type { JobDefinition } from "./job-schema.ts";
import type { LeftOut } from "./left-out.ts";

/** What the JSON API answers. Times are ISO 8601; counts are numbers (S3's limit of 20 billion tasks fits). */

export interface JobListItem {
  id: string;
  status: JobStatus;
  /** Waits for a person to resume it; a job that is paused otherwise goes on by itself. */
  pausedByPerson: boolean;
  /** Awaits confirmation, and a reviewer wants it changed first: nobody can confirm it until somebody asks again. */
  sentBack: boolean;
  operation: string;
  operationTitle: string;
  /** Its tasks only read, and report what they would change. */
  dryRun: boolean;
  description: string;
  priority: number;
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
  createdAt: string;
  terminatedAt: string | null;
  createdBy: string | null;
  /** The caller created it. */
  own: boolean;
}

/** A job as the list shows it. */
export interface JobRow extends JobListItem {
  role: { id: string; arn: string };
  connection: { id: string; name: string };
  /** How long it has been active, up to now. */
  activeSeconds: number;
}

export interface JobList {
  jobs: JobRow[];
  /** Jobs that match, on all pages. */
  total: number;
}

export interface JobEventView {
  id: string;
  at: string;
  /** A person's e-mail, or "Longshore". */
  actor: string;
  /** The person's name; null where nobody has this e-mail (any more). */
  actorName: string | null;
  type: string;
  from: JobStatus | null;
  to: JobStatus | null;
  detail: string | null;
}

export interface JobErrorView {
  code: string;
  httpStatus: number;
  count: number;
  samples: (Task & { message: string })[];
}

export interface JobDetails extends JobListItem {
  arn: string;
  definition: JobDefinition;
  /** Sent back with a confirmation: what was shown is what runs. */
  definitionDigest: string;
  tags: Tag[];
  confirmationRequired: boolean;
  connection: { id: string; name: string; endpoint: string };
  /** The operation in a sentence, and what is lost by it. */
  sentence: string;
  warning: string | null;
  /** What nobody can ever undo; a confirmation of such a job carries its number of objects. */
  irreversible: string | null;
  permissions: Permission[];
  /** What the execution role must be allowed, as an IAM policy in JSON. */
  policy: string;
  /** What was found before anybody confirms; null before the first checks have ended. */
  preflight: Preflight | null;
  /** Checks are waited for. */
  preflightRunning: boolean;
  manifestBytes: number | null;
  /** The manifest's first rows. */
  manifestSample: Task[];
  /** Rows of the manifest that are no tasks of the job. */
  leftOut: LeftOut[];
  /** Null where nobody counts them: before the job is prepared, and for one that runs without a confirmation. */
  duplicateRows: DuplicateRows | null;
  /** ARN of the manifest.json of a generated manifest that was kept. */
  generatedManifest: string | null;
  preparedAt: string | null;
  suspendedAt: string | null;
  /** When a suspended job fails by itself; null in any other status. */
  expiresAt: string | null;
  confirmedAt: string | null;
  /** Who has confirmed it, and who may; null where it awaits no confirmation. */
  confirmation: ConfirmationView | null;
  /** Who sent it back, by e-mail and name, and why; null where `sentBack` is false. */
  sentBackBy: { actor: string; name: string | null; at: string; reason: string } | null;
  /** Id of the job that this one was made in place of, and of the one that was made in place of this one. */
  replaces: string | null;
  replacedBy: string | null;
  elapsedActiveSeconds: number;
  /** E-mail and name of who paused it; null while nobody has, whatever else keeps it from running. */
  pausedBy: { actor: string; name: string | null } | null;
  limits: Limits;
  /** Tasks a second over the last seconds of work; null while nothing runs. */
  tasksPerSecond: number | null;
  statusUpdateReason: string | null;
  failureReasons: { FailureCode: string; FailureReason: string }[];
  errors: JobErrorView[];
  events: JobEventView[];
  /** Null where all of its tasks are to run. */
  canary: Canary | null;
  chunks: Record<ChunkStatus, number>;
  /** `s3://` address of the completion report's manifest.json, once written. */
  reportLocation: string | null;
  /** Workers that are alive: with none, nothing will happen. */
  workersAlive: number;
  /** Which requests the status allows, for the caller's role. */
  actions: {
    confirm: boolean;
    /** One's own confirmation, while it waits for a second one. */
    takeBack: boolean;
    sendBack: boolean;
    askAgain: boolean;
    /** Make another job in its place. */
    replace: boolean;
    comment: boolean;
    cancel: boolean;
    priority: boolean;
    pause: boolean;
    resume: boolean;
    limits: boolean;
    check: boolean;
  };
}

/** The first tasks of a job, after which somebody is asked again. */
export interface Canary {
  /** The job stops once so many of its tasks have run, those of earlier canaries among them. */
  until: number;
  /** They have run, and somebody is to say what becomes of the rest. */
  awaitsDecision: boolean;
}

/** Caps over all workers together; null where there is none. */
export interface Limits {
  /** Requests at once. */
  maxInFlight: number | null;
  maxRequestsPerSecond: number | null;
}

export interface WorkerView {
  id: string;
  hostname: string;
  pid: number;
  executors: number;
  startedAt: string;
  lastSeenAt: string;
  /** Taken for dead: its chunks go to others. */
  silent: boolean;
  /** Told to stop: it takes no new chunk. */
  draining: boolean;
  /** Over the last seconds. */
  tasksPerSecond: number;
  /** What it runs at the moment. */
  chunks: { jobId: string; description: string; operationTitle: string; firstRow: number; rows: number; done: number }[];
}
