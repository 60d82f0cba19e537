import { z } from "zod";
import { webhookUrlSchema } from "../functions/webhook-secret-schema.ts";
import { functionRun } from "./function-run.ts";
import { defineOperation } from "./operation.ts";
import { batchSizeSchema, functionWarning, userArgumentsSchema } from "./user-arguments.ts";

export const usualBatchSize = 100;
export const usualTimeoutSeconds = 60;

const schema = z.strictObject({
  Url: webhookUrlSchema,
  UserArguments: userArgumentsSchema.optional(),
  BatchSize: batchSizeSchema.default(usualBatchSize),
  TimeoutSeconds: z
    .int("must be a whole number of seconds")
    .min(1, "is 1 second at least")
    .max(900, "is 900 seconds (15 minutes) at most")
    .default(usualTimeoutSeconds),
});

/** What people know a receiver by; the rest of a URL may be long. */
const shownUrl = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname === "/" ? "" : pathname}`;
};

/** Ours: AWS hands objects to Lambda alone. */
export const invokeWebhook = defineOperation({
  name: "InvokeWebhook",
  title: "Invoke webhook",
  summary: "Hands the objects to a program of yours over HTTPS, in batches; it says for each what became of it.",
  group: "Functions",
  ours: true,
  schema,
  fields: [
    {
      path: "Url",
      label: "URL",
      kind: "text",
      required: true,
      placeholder: "https://hooks.example.com/objects",
      help: "Gets a POST with the payload of AWS's schema 2.0, signed, so that it can tell who calls. Only the objects' names are handed over. Whoever may see the job sees the URL: put no secret into it.",
    },
    {
      path: "UserArguments",
      label: "User arguments",
      kind: "map",
      caseMatters: true,
      help: "Up to 10, handed over with every invocation. Whoever may see the job sees them: put no secret here.",
    },
    { path: "BatchSize", label: "Objects an invocation", kind: "number", placeholder: String(usualBatchSize), help: "1 to 1,000." },
    {
      path: "TimeoutSeconds",
      label: "Time limit of an invocation",
      kind: "number",
      placeholder: String(usualTimeoutSeconds),
      help: "1 to 900 seconds. An invocation that takes longer is given up, and tried again.",
    },
  ],
  initial: { Url: "" },
  describe: ({ Url, BatchSize }) => `Call ${shownUrl(Url)}, with up to ${BatchSize.toLocaleString("en")} ${BatchSize === 1 ? "object" : "objects"} at a time`,
  warning: () => functionWarning,
  irreversible: () => null,
  permissions: () => [],
  destinations: () => [],
  refusal: ({ Url }, { mayCall }) => {
    const message = mayCall(Url);
    return message === null ? null : { path: "Url", message };
  },
  run: ({ Url, UserArguments, BatchSize, TimeoutSeconds }, { id }) =>
    functionRun({
      call: { kind: "webhook", url: Url, timeoutSeconds: TimeoutSeconds },
      batchSize: BatchSize,
      constant: { jobId: id, schemaVersion: "2.0", userArguments: UserArguments ?? null },
    }),
  preview: ({ Url }) =>
    // biome-ignore lint/correctness/useYield: there is nothing to read: only the receiver knows what it will do
    function* () {
      return { before: [], after: [{ name: "Webhook", value: shownUrl(Url) }], does: `call ${shownUrl(Url)}` };
    },
});
