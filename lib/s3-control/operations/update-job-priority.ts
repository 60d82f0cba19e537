import { z } from "zod";
import { prioritySchema } from "../../jobs/job-schema.ts";
import { updateJobPriority } from "../../jobs/update-job-priority.ts";
import { type ApiOperation, parameter, wholeNumber } from "../api-operation.ts";
import { updateJobPriorityResult } from "../model.ts";
import { resultXml } from "../write-xml.ts";

const inputSchema = z.object({ priority: prioritySchema });

export const updateJobPriorityOperation: ApiOperation = {
  name: "UpdateJobPriority",
  method: "POST",
  path: "/jobs/{id}/priority",
  // The model has no other word here for a job that has ended.
  exceptions: { JobStatus: "BadRequestException" },
  run: async (ctx, { jobId, query }) => {
    const text = parameter(query, "priority");
    const { priority } = inputSchema.parse({ priority: text === undefined ? undefined : wholeNumber(text) });
    await updateJobPriority(ctx, { jobId, priority });
    return resultXml("UpdateJobPriorityResult", { JobId: jobId, Priority: priority }, updateJobPriorityResult);
  },
};
