import { createAdmission } from "#lib/s3/admission.ts";
import { createCap } from "#lib/s3/cap.ts";
import { createTaskSender } from "#lib/s3/task-sender.ts";
import { sourceBucket } from "../stub/nginx-config.ts";
import type { Layer, LayerLoad } from "./layer.ts";
import { compileTask } from "./request.ts";

/** The engine's sender: admission, address, signature, connection, verdict and retries, without manifest and report. */
export function openTaskSender({ endpoint, accessKeyId, secretAccessKey }: LayerLoad): Layer {
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("bench"), jobCap: createCap() };
  const sender = createTaskSender({ endpoint, region: "us-east-1", addressing: "path", accessKeyId, secretAccessKey }, lane, admission);
  const group = { cutShort: false };
  const waiting: { key: string; done: () => void }[] = [];

  const start = (key: string, done: () => void): boolean =>
    sender.trySend(compileTask({ bucket: sourceBucket, key }), group, (outcome) => {
      if (outcome.kind !== "succeeded") throw new Error(JSON.stringify(outcome));
      done();
    });
  admission.onFree(
    () => {
      for (let next = waiting.at(-1); next && start(next.key, next.done); next = waiting.at(-1)) waiting.pop();
    },
    () => 0,
  );
  return {
    send(key, done) {
      if (!start(key, done)) waiting.push({ key, done });
    },
    close: () => sender.close(),
  };
}
