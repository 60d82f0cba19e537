import { resolve } from "node:path";
import { z } from "zod";
import { StartError } from "../errors.ts";

const onOff = z.enum(["on", "off"], { error: "must be on or off" });
const port = z.coerce.number({ error: "must be a number from 0 to 65535" }).int().min(0).max(65535);

const schema = z.object({
  PORT: port.default(3000),
  LONGSHORE_HOST: z.string().min(1).optional(),
  LONGSHORE_DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be like postgresql://user:password@host:5432/database" }).optional(),
  LONGSHORE_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  LONGSHORE_SECRET_PREVIOUS: z.string().optional(),
  LONGSHORE_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/, "must be 12 digits")
    .optional(),
  LONGSHORE_SANDBOX: onOff.optional(),
  LONGSHORE_SANDBOX_PORT: port.optional(),
  LONGSHORE_DURABLE: onOff.default("on"),
});

export interface LaunchSettings {
  /** 0: any free one. */
  port: number;
  /** The address the console listens on; undefined where each command has its own default. */
  host: string | undefined;
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | undefined;
  secret: string | undefined;
  accountId: string | undefined;
  sandbox: boolean;
  /** Undefined: 4568, or any free one when that is taken. */
  sandboxPort: number | undefined;
  /** Whether the embedded PostgreSQL survives a power cut; tests turn it off. */
  durable: boolean;
}

/** What the commands of bin/ are told by the environment. An empty value counts as unset. */
export function parseLaunchSettings(source: Record<string, string | undefined>): LaunchSettings {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new StartError(`Settings are wrong (see .env.example):\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  // Derived from the secret, it would change with it, and nobody would find their jobs again.
  if (env.LONGSHORE_SECRET_PREVIOUS !== undefined && env.LONGSHORE_ACCOUNT_ID === undefined)
    throw new StartError(
      "Set LONGSHORE_ACCOUNT_ID to the present account, as the console shows it, before LONGSHORE_SECRET is changed: it was derived from the former secret.",
    );
  return {
    port: env.PORT,
    host: env.LONGSHORE_HOST,
    dataDir: resolve(env.LONGSHORE_DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    secret: env.LONGSHORE_SECRET,
    accountId: env.LONGSHORE_ACCOUNT_ID,
    sandbox: env.LONGSHORE_SANDBOX ? env.LONGSHORE_SANDBOX === "on" : env.DATABASE_URL === undefined,
    sandboxPort: env.LONGSHORE_SANDBOX_PORT,
    durable: env.LONGSHORE_DURABLE === "on",
  };
}
