/** What a list of jobs can be sorted by, on screen and in the API. */
export const jobSorts = [
  "description",
  "status",
  "operation",
  "dryRun",
  "priority",
  "totalTasks",
  "percent",
  "failedTasks",
  "createdAt",
  "terminatedAt",
  "duration",
  "creator",
  "role",
  "connection",
] as const;
export type JobSort = (typeof jobSorts)[number];

/** And what groups of jobs of one description can be. */
export const groupSorts = ["description", "jobs", "totalTasks", "succeededTasks", "failedTasks", "lastCreatedAt"] as const;
export type GroupSort = (typeof groupSorts)[number];
