import { createHash } from "node:crypto";
import type { CopySizes, JobContext } from "#lib/operations/operation.ts";
import { isAmazon } from "#lib/s3/is-amazon.ts";
import type { FoundJob } from "./load-job.ts";

const mebibyte = 1024 * 1024;
export const usualSizes: CopySizes = { whole: 64 * mebibyte, part: 64 * mebibyte };

/** What a job's operation is told of it, whether it is run or only looked at. */
export const jobContext = ({ job, connection, others }: FoundJob, now: () => Date, sizes = usualSizes): JobContext => ({
  id: job.id,
  amazon: isAmazon(connection.endpoint),
  now,
  md5: (bytes) => createHash("md5").update(bytes).digest("hex"),
  sizes,
  crosses: (roleArn) => others.some((role) => role.arn === roleArn && role.connectionId !== connection.id),
});
