import type { z } from "zod";
import { demand } from "../../auth/permissions.ts";
import { AppError } from "../../errors.ts";
import { createJob } from "../../jobs/create-job.ts";
import { type CreateJobInput, createJobSchema } from "../../jobs/job-schema.ts";
import type { ApiOperation } from "../api-operation.ts";
import { decode } from "../decode.ts";
import { createJobRequest, createJobResult } from "../model.ts";
import { readXml } from "../read-xml.ts";
import { resultXml } from "../write-xml.ts";

export const createJobOperation: ApiOperation = {
  name: "CreateJob",
  method: "POST",
  path: "/jobs",
  run: async (ctx, { body }) => {
    demand(ctx, "job.create");
    const input = parseCreateJob(body);
    const { jobId } = await createJob(ctx, input);
    return resultXml("CreateJobResult", { JobId: jobId }, createJobResult);
  },
};

/** @throws AppError InvalidRequest that names every member that is wrong, missing or not served */
export function parseCreateJob(body: Uint8Array): CreateJobInput {
  const wire = decode(readXml(body, "CreateJobRequest"), createJobRequest) as { Report?: { Enabled?: boolean } };
  // What else a report that is not wanted has means nothing.
  const input = wire.Report?.Enabled === false ? { ...wire, Report: { Enabled: false } } : wire;
  const parsed = createJobSchema.safeParse(input, { reportInput: true });
  if (parsed.success) return input as CreateJobInput;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: inWords(issue) }));
  throw new AppError("InvalidRequest", issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; "), issues);
}

const notServed = (names: string): string => `Longshore does not serve ${names}`;

/** The decoder knows every member of the model, so one that a schema does not know is one that we do not serve. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.input === undefined) return "is required";
  if (issue.code === "unrecognized_keys") return notServed(issue.keys.join(", "));
  // An operation's own schema has made words of it already.
  return issue.message.replace(/^Unrecognized keys?: (.*)$/, (_all, names: string) => notServed(names.replaceAll('"', "")));
}
