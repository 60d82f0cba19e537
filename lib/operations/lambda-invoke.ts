import { z } from "zod";
import { functionRun } from "./function-run.ts";
import { defineOperation } from "./operation.ts";
import { batchSizeSchema, functionWarning, userArgumentsSchema } from "./user-arguments.ts";

/** The model's own pattern: a whole ARN, or any shorter form that Lambda takes. */
const functionArn =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?$/;

const schema = z
  .strictObject({
    FunctionArn: z
      .string()
      .trim()
      .min(1, "Enter the function's ARN")
      .max(1024, "has at most 1,024 characters")
      .refine((arn) => arn === "" || functionArn.test(arn), "must be a function's ARN, such as arn:aws:lambda:us-east-1:123456789012:function:name"),
    InvocationSchemaVersion: z.enum(["1.0", "2.0"], "is 1.0 or 2.0").optional(),
    UserArguments: userArgumentsSchema.optional(),
    /** Ours. */
    BatchSize: batchSizeSchema.optional(),
  })
  .refine(({ UserArguments, InvocationSchemaVersion }) => !UserArguments || InvocationSchemaVersion === "2.0", {
    path: ["UserArguments"],
    message: "User arguments are for the invocation schema 2.0: choose that, or leave them out",
  });

/** As people call it: what stands behind the last "function:", its version with it. */
export const functionName = (arn: string): string => arn.replace(/^.*function:/, "").replace(/^.*?\d{12}:/, "");

export const lambdaInvoke = defineOperation({
  name: "LambdaInvoke",
  title: "Invoke AWS Lambda function",
  summary: "Hands every object to a Lambda function of yours, which says what became of it.",
  group: "Functions",
  schema,
  fields: [
    {
      path: "FunctionArn",
      label: "Function ARN",
      kind: "text",
      required: true,
      placeholder: "arn:aws:lambda:us-east-1:123456789012:function:name",
      help: "With a version or an alias at its end, that one is invoked. Only the object's name is handed over: the function reads the object itself.",
    },
    {
      path: "InvocationSchemaVersion",
      label: "Invocation schema",
      kind: "select",
      options: [
        { value: "1.0", label: "1.0: with the bucket's ARN" },
        { value: "2.0", label: "2.0: with the bucket's name, and arguments of yours" },
      ],
      help: "What the function expects. Amazon uses 1.0 where nothing is chosen.",
    },
    {
      path: "UserArguments",
      label: "User arguments",
      kind: "map",
      caseMatters: true,
      showWhen: { path: "InvocationSchemaVersion", in: ["2.0"] },
      help: "Up to 10, handed over with every invocation. Whoever may see the job sees them: put no secret here.",
    },
    {
      path: "BatchSize",
      label: "Objects an invocation",
      kind: "number",
      placeholder: "1",
      help: "1 to 1,000. Amazon hands over one at a time, and many functions look at the first task only: raise it for a function that goes through all of them.",
    },
  ],
  initial: { FunctionArn: "", InvocationSchemaVersion: "1.0" },
  describe: ({ FunctionArn, BatchSize }) =>
    `Invoke the Lambda function ${functionName(FunctionArn)}${BatchSize ? `, with up to ${BatchSize} objects at a time` : ""}`,
  warning: () => functionWarning,
  irreversible: () => null,
  permissions: ({ FunctionArn }) => [
    { action: "lambda:InvokeFunction", resource: FunctionArn.startsWith("arn:") ? FunctionArn : `arn:aws:lambda:*:*:function:${functionName(FunctionArn)}` },
  ],
  destinations: () => [],
  refusal: (_params, { hasLambda, connectionName }) =>
    hasLambda
      ? null
      : {
          path: "FunctionArn",
          message: `The connection ${connectionName} has no Lambda endpoint. An administrator can give it one on the Connections page, under Advanced; a function of your own can be called by Invoke webhook instead.`,
        },
  run: ({ FunctionArn, InvocationSchemaVersion = "1.0", UserArguments, BatchSize = 1 }, { id }) =>
    functionRun({
      call: { kind: "lambda", functionArn: FunctionArn },
      batchSize: BatchSize,
      constant: { jobId: id, schemaVersion: InvocationSchemaVersion, userArguments: UserArguments ?? null },
    }),
  preview: ({ FunctionArn }) =>
    // biome-ignore lint/correctness/useYield: there is nothing to read: only the function knows what it will do
    function* () {
      const name = functionName(FunctionArn);
      return { before: [], after: [{ name: "Lambda function", value: name }], does: `invoke the Lambda function ${name}` };
    },
});
