import { demand } from "../../auth/permissions.ts";
import { deleteJobTagging } from "../../jobs/delete-job-tagging.ts";
import { getJobTagging } from "../../jobs/get-job-tagging.ts";
import { maxJobTags, putJobTagging } from "../../jobs/put-job-tagging.ts";
import type { Tag } from "../../operations/tags.ts";
import type { ApiOperation } from "../api-operation.ts";
import { decode } from "../decode.ts";
import { emptyResult, getJobTaggingResult, putJobTaggingRequest } from "../model.ts";
import { readXml } from "../read-xml.ts";
import { S3ControlError } from "../s3-control-error.ts";
import { resultXml } from "../write-xml.ts";

const path = "/jobs/{id}/tagging";

export const getJobTaggingOperation: ApiOperation = {
  name: "GetJobTagging",
  method: "GET",
  path,
  run: async (ctx, { jobId }) => resultXml("GetJobTaggingResult", { Tags: await getJobTagging(ctx, jobId) }, getJobTaggingResult),
};

export const putJobTaggingOperation: ApiOperation = {
  name: "PutJobTagging",
  method: "PUT",
  path,
  run: async (ctx, { jobId, body }) => {
    demand(ctx, "job.tag");
    const { Tags } = decode(readXml(body, "PutJobTaggingRequest"), putJobTaggingRequest) as { Tags?: Tag[] };
    if (Tags === undefined) throw new S3ControlError("BadRequestException", 400, "Tags: is required");
    if (Tags.length > maxJobTags) throw new S3ControlError("TooManyTagsException", 400, `A job has at most ${maxJobTags} tags.`);
    await putJobTagging(ctx, { jobId, tags: Tags });
    return resultXml("PutJobTaggingResult", {}, emptyResult);
  },
};

export const deleteJobTaggingOperation: ApiOperation = {
  name: "DeleteJobTagging",
  method: "DELETE",
  path,
  run: async (ctx, { jobId }) => {
    await deleteJobTagging(ctx, jobId);
    return resultXml("DeleteJobTaggingResult", {}, emptyResult);
  },
};
