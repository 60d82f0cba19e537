import { z } from "zod";
import { oidcEnv, oidcMistakes } from "./auth/oidc/oidc-env.ts";
import { isProxyRange } from "./http/client-address.ts";
import { limitSettings } from "./limits.ts";
import { parseRanges } from "./net/allowed-addresses.ts";
import { optionalSetting as optional } from "./optional-setting.ts";
import { rememberForGood } from "./scrub.ts";

/** With commas between; an empty one counts as none. */
const list = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
  .transform((parts) => (parts.length === 0 ? undefined : parts));

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  LONGSHORE_DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  LONGSHORE_SECRET: z.string().min(32, "must have at least 32 characters"),
  LONGSHORE_SECRET_PREVIOUS: z
    .string()
    .transform((text) => {
      const parts = text.split(",").flatMap((secret) => secret.trim() || []);
      // One that has commas in it can be the only one.
      return parts.every((secret) => secret.length >= 32) ? parts : [text];
    })
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), "must be former values of LONGSHORE_SECRET, with commas between them")
    .optional(),
  LONGSHORE_ACCOUNT_ID: z.string().regex(/^\d{12}$/, "must be 12 digits"),
  LONGSHORE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LONGSHORE_WEBHOOK_HOSTS: list.optional(),
  LONGSHORE_TRUSTED_PROXIES: list
    .refine((ranges) => ranges?.every(isProxyRange) ?? true, "must be addresses or networks such as 10.0.0.0/8, with commas between them")
    .optional(),
  LONGSHORE_ALLOWED_ADDRESSES: z
    .string()
    .refine((text) => parseRanges(text) !== null, "must be addresses or networks such as 169.254.10.0/24, with commas between them")
    .optional(),
  LONGSHORE_SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: "must be like smtp://user:password@mail.example.com:587" })),
  LONGSHORE_MAIL_FROM: optional(z.email("must be an e-mail address")),
  ...oidcEnv,
  LONGSHORE_EXECUTORS: z.coerce.number().int().min(1).max(64).optional(),
  LONGSHORE_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  ...limitSettings,
  LONGSHORE_METRICS_PORT: z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number().int().min(0).max(65535).optional()),
  LONGSHORE_METRICS_HOST: optional(z.string().max(255)),
  LONGSHORE_METRICS_TOKEN: optional(
    z
      .string()
      .min(16, "must have at least 16 characters")
      .regex(/^[\x21-\x7e]+$/, "has no spaces and only ASCII characters"),
  ),
  LONGSHORE_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

const mailTogether = schema.refine((env) => (env.LONGSHORE_SMTP_URL === undefined) === (env.LONGSHORE_MAIL_FROM === undefined), {
  path: ["LONGSHORE_MAIL_FROM"],
  message: "is set together with LONGSHORE_SMTP_URL, or not at all",
});

const together = mailTogether.superRefine((env, context) => {
  for (const { path, message } of oidcMistakes(env)) context.addIssue({ code: "custom", path: [path], message });
});

export type Env = z.infer<typeof schema>;

/**
 * The settings of a console or worker process, from the environment (see .env.example).
 * `npm start` fills DATABASE_URL, LONGSHORE_SECRET and LONGSHORE_ACCOUNT_ID in for the processes it starts.
 * @throws Error that names each wrong setting.
 */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = together.safeParse(source);
  if (parsed.success) {
    for (const secret of secretsOf(parsed.data)) rememberForGood(secret);
    return parsed.data;
  }
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Settings are missing or wrong (see .env.example):\n${lines.join("\n")}`);
}

/** What no log may say of them. */
function secretsOf(env: Env): string[] {
  const passwords = [env.DATABASE_URL, env.LONGSHORE_SMTP_URL].flatMap((url) => (url ? passwordOf(url) : []));
  const own = [env.LONGSHORE_SECRET, ...(env.LONGSHORE_SECRET_PREVIOUS ?? []), env.LONGSHORE_OIDC_CLIENT_SECRET, env.LONGSHORE_METRICS_TOKEN];
  return [...own.filter((secret) => secret !== undefined), ...passwords];
}

/** As it is written in the URL, and as it is sent. */
function passwordOf(url: string): string[] {
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

let cached: Env | undefined;
export const env = (): Env => {
  cached ??= parseEnv(process.env);
  return cached;
};
