import { parseArgs } from "node:util";
import { z } from "zod";
import { seedSampleData } from "./seed.ts";
import { startSandbox } from "./start-sandbox.ts";

/**
 * The sandbox as a process. Settings by flag or environment:
 *   --port      SANDBOX_PORT     4568; 0 takes any free one
 *   --dir       SANDBOX_DIR      .data/sandbox
 *   --region    SANDBOX_REGION   us-east-1
 *   --account   LONGSHORE_ACCOUNT_ID
 *   --seed      SANDBOX_SEED=1      writes the sample data that is not there yet
 *   --control   SANDBOX_CONTROL=1   faults by POST /-/faults
 *               SANDBOX_USERS    JSON: [{"accessKeyId","secretAccessKey","name","policy"?}]
 *   --restore   SANDBOX_RESTORE_SECONDS  30: how long a restore takes
 *               SANDBOX_ROLES    JSON: [{"name","policy"?,"externalId"?}], assumed by STS at the same address
 * Prints its address, and sends {type: "ready", port} to the process that forked it.
 */
const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policySchema = z.strictObject({
  deny: z.array(z.string()).optional(),
  denyBuckets: z.record(z.string(), z.array(z.string())).optional(),
  allow: z.array(z.strictObject({ action: oneOrMore, resource: oneOrMore })).optional(),
});
const userSchema = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  name: z.string().min(1),
  policy: policySchema.optional(),
});

const roleSchema = z.strictObject({ name: z.string().min(1), policy: policySchema.optional(), externalId: z.string().optional() });

/** @throws Error naming the setting and what is wrong with it */
function readSetting<Value>(name: string, text: string, schema: z.ZodType<Value>, shape: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : "It is not JSON.";
    throw new Error(`${name} must be ${shape}. ${detail}`, { cause });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      dir: { type: "string" },
      region: { type: "string" },
      account: { type: "string" },
      control: { type: "boolean" },
      seed: { type: "boolean" },
      restore: { type: "string" },
    },
  });
  const { env } = process;
  const port = Number(values.port ?? env.SANDBOX_PORT ?? 4568);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("The sandbox's port must be a number from 0 to 65535 (--port or SANDBOX_PORT).");
  const restoreSeconds = Number(values.restore ?? env.SANDBOX_RESTORE_SECONDS ?? 30);
  if (!(restoreSeconds >= 0)) throw new Error("The time that a restore takes must be a number of seconds (--restore or SANDBOX_RESTORE_SECONDS).");
  const restoreMs = restoreSeconds * 1000;
  const region = values.region ?? env.SANDBOX_REGION ?? "us-east-1";
  const accountId = values.account ?? env.LONGSHORE_ACCOUNT_ID;
  const sandbox = await startSandbox({
    port,
    dir: values.dir ?? env.SANDBOX_DIR ?? ".data/sandbox",
    users: readSetting(
      "SANDBOX_USERS",
      env.SANDBOX_USERS ?? "",
      z.array(userSchema).min(1),
      'a JSON list of users: [{"accessKeyId":"…","secretAccessKey":"…","name":"…"}]',
    ),
    roles: readSetting("SANDBOX_ROLES", env.SANDBOX_ROLES ?? "[]", z.array(roleSchema), 'a JSON list of roles: [{"name":"…"}]'),
    region,
    control: values.control ?? env.SANDBOX_CONTROL === "1",
    accountId,
    restoreMs: { Expedited: restoreMs / 10, Standard: restoreMs, Bulk: restoreMs * 2 },
  });
  if (values.seed ?? env.SANDBOX_SEED === "1") await seedSampleData(sandbox.store, { region });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await sandbox.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (process.send) {
    process.once("disconnect", stop);
    process.send({ type: "ready", port: sandbox.port });
  }
  console.log(`Sandbox S3 listens on ${sandbox.url}`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const words =
    error.code === "EADDRINUSE" ? "The sandbox's port is taken. Stop what listens there, or choose another one (--port or SANDBOX_PORT)." : error.message;
  console.error(words);
  process.exit(1);
});
