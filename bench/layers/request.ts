import type { JobContext, TaskRun } from "#lib/operations/operation.ts";
import { putObjectTagging } from "#lib/operations/put-object-tagging.ts";
import { addressOf } from "#lib/s3/address.ts";
import { createSigner } from "#lib/s3/sign.ts";
import { sourceBucket } from "../stub/nginx-config.ts";
import type { LayerLoad } from "./layer.ts";

export interface PlainRequest {
  method: "PUT";
  path: string;
  /** Whole lines. */
  headers: string;
  body: Buffer;
}

const job: JobContext = { id: "bench", amazon: false, now: () => new Date(), md5: () => "", sizes: { whole: 1, part: 1 }, crosses: () => false };

/** As the job's tasks are compiled. */
export const { compile: compileTask } = putObjectTagging.run({ TagSet: [{ Key: "team", Value: "data" }] }, job) as Extract<TaskRun, { compile: unknown }>;

/** Every layer sends the same bytes but for the signature: `signed` decides whether it is worked out or only as long. */
export function requestMaker({ endpoint, accessKeyId, secretAccessKey }: LayerLoad, signed: boolean): (key: string) => PlainRequest {
  const address = addressOf({ endpoint, addressing: "path" }, sourceBucket);
  const sign = createSigner("us-east-1", { accessKeyId, secretAccessKey });
  const first = compileTask({ bucket: sourceBucket, key: "any" });
  const body = Buffer.from(first.body);
  const { headers } = sign(first, address, Date.now());
  return (key) => {
    if (!signed) return { method: "PUT", path: `${address.prefix}${key}?tagging=`, headers, body };
    const request = sign(compileTask({ bucket: sourceBucket, key }), address, Date.now());
    return { method: "PUT", path: request.path, headers: request.headers, body };
  };
}
