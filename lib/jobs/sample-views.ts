/** What the JSON API answers about how a job ran. Times are ISO 8601. */

export interface JobSampleView {
  /** When the stretch begins. */
  at: string;
  /** When tasks ran in it, at the earliest and at the latest. */
  from: string;
  to: string;
  succeeded: number;
  failed: number;
  /** Answers that asked for fewer requests (503, 429). */
  throttled: number;
  /** Divided by the time that tasks ran, it is how many requests were in flight at once. */
  inFlightSeconds: number;
}

export interface JobSamples {
  /** How long a stretch is; where the job did not run, there is no sample. */
  seconds: number;
  samples: JobSampleView[];
}

/** A task that has ended, as the job's page shows it while the job runs. */
export interface TailTask {
  /** One of its own among the job's. */
  id: string;
  at: string;
  bucket: string;
  key: string;
  versionId?: string;
  outcome: "succeeded" | "failed";
  httpStatus: number;
  /** Of one that failed. */
  code?: string;
  message?: string;
}

/** Some of the tasks that ended last, the newest first. Not all: a fast job has more than anybody can read. */
export interface JobTailView {
  tasks: TailTask[];
}
