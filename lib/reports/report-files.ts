import type { FoundReport } from "./find-report.ts";

/** Whether the report's manifest.json names this file, or is it. */
export const isFileOf = ({ location, manifest }: FoundReport, key: string): boolean =>
  key === location.manifestKey || manifest.Results.some((file) => file.Key === key);

/** What a downloaded file is called: nothing in it needs quoting in a header. */
export const downloadName = (jobId: string, key: string): string => `job-${jobId}-${key.split("/").at(-1)}`.replace(/[^\w.-]/g, "_");
