import { z } from "zod";
import { limitsSchema } from "../jobs/limits-schema.ts";

/** The rules of connections and execution roles, for the form and for the API alike. */

const endpointSchema = z
  .string()
  .trim()
  .min(1, "Enter the endpoint")
  .max(512, "has at most 512 characters")
  .superRefine((text, check) => {
    const problem = endpointProblem(text);
    if (problem) check.addIssue({ code: "custom", message: problem });
  })
  .transform((text) => text.replace(/\/+$/, ""));

function endpointProblem(text: string): string | null {
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:\/\//i.test(text)) return "Enter a URL that begins with https:// or http://, such as https://s3.eu-central-1.amazonaws.com";
  if (url.username || url.password) return "Leave the keys out of the URL: they have fields of their own";
  if (url.search || url.hash) return "Leave out everything from the ? or # on";
  return null;
}

const accessKeyIdText = z
  .string()
  .trim()
  .max(256, "has at most 256 characters")
  .regex(/^[\x21-\x7e]*$/, "has no spaces and only ASCII characters");
const accessKeyIdSchema = accessKeyIdText.min(1, "Enter the access key ID");

const secretText = z
  .string()
  .trim()
  .max(1024, "has at most 1,024 characters")
  .regex(/^[\x21-\x7e]*$/, "has no spaces or line breaks and only ASCII characters: was it copied whole?");
const secretSchema = secretText.min(1, "Enter the secret access key");

const workPrefixSchema = z
  .string()
  .trim()
  .max(256, "has at most 256 characters")
  .refine((prefix) => !prefix.startsWith("/"), "does not begin with a slash")
  .transform((prefix) => (prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`));

const otherEndpointText = z
  .string()
  .trim()
  .max(512, "has at most 512 characters")
  .superRefine((text, check) => {
    const problem = endpointProblem(text);
    if (problem) check.addIssue({ code: "custom", message: problem });
  })
  .transform((text) => text.replace(/\/+$/, ""));

/** Empty: none. */
const lambdaEndpointSchema = otherEndpointText.transform((text) => (text === "" ? null : text)).nullable();

/** Empty, null and absent are none. */
const emptyAsNull = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  schema
    .nullable()
    .default(null)
    .transform((text) => (text === "" ? null : text));

/** Only its form: whether they are certificates is the server's to say (certificates.ts). */
const caCertificateSchema = z
  .string()
  .trim()
  .max(65_536, "has at most 65,536 characters")
  .superRefine((text, check) => {
    const problem = certificateProblem(text);
    if (problem) check.addIssue({ code: "custom", message: problem });
  })
  .transform((text) => (text === "" ? null : text))
  .nullable();

function certificateProblem(text: string): string | null {
  if (text === "") return null;
  if (text.includes("PRIVATE KEY")) return "There is a private key in it. Paste the certificate alone: a key belongs to the store, and to nobody else";
  if (!text.includes("-----BEGIN CERTIFICATE-----")) return "Paste certificates in PEM form, which begin with -----BEGIN CERTIFICATE-----";
  return null;
}

/** Absent: none for a new connection, unchanged for a present one. */
const advanced = {
  caCertificate: caCertificateSchema.optional(),
  lambdaEndpoint: lambdaEndpointSchema.optional(),
  maxInFlight: limitsSchema.shape.maxInFlight.optional(),
  maxRequestsPerSecond: limitsSchema.shape.maxRequestsPerSecond.optional(),
};

export const connectionSchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name").max(64, "has at most 64 characters"),
  endpoint: endpointSchema,
  region: z
    .string()
    .trim()
    .min(1, "Enter the region; us-east-1 where the store has none")
    .max(64, "has at most 64 characters")
    .regex(/^[A-Za-z0-9_-]*$/, "has letters, digits and hyphens only, such as us-east-1"),
  addressing: z.enum(["path", "virtual"]),
  accessKeyId: accessKeyIdSchema,
  secretAccessKey: secretSchema,
  workBucket: z
    .string()
    .trim()
    .min(1, "Enter the bucket of the work area")
    .regex(/^([A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9])?$/, "must be a bucket's name alone, without s3:// and without a path"),
  workPrefix: workPrefixSchema,
  ...advanced,
});
export type ConnectionInput = z.input<typeof connectionSchema>;

/** An empty or absent secret: the stored one stays. */
const keptSecret = secretText.optional().transform((secret) => (secret === "" ? undefined : secret));

export const connectionUpdateSchema = connectionSchema.extend({ secretAccessKey: keptSecret });
export type ConnectionValues = z.input<typeof connectionUpdateSchema>;

/** The test works on what is in the form; `connectionId` says whose stored secret stands in for an empty one. */
export const connectionTestSchema = connectionUpdateSchema.extend({ name: z.string().max(64).optional(), connectionId: z.uuid().optional() });

/** Stores besides Amazon's name roles as they like: without an account, or with another service. */
const assumedArnPattern = /^arn:[a-z0-9-]+:[a-z0-9-]*:[\w-]*:[\w-]*:[\w+=,.@:/*-]+$/;

export const roleArnPattern = /^arn:[a-z0-9-]+:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** What STS is asked for. Absent or null: the role has keys that last. */
export const assumeRoleSchema = z.strictObject({
  /** The store's name of the role, where the role's own ARN is the one of jobs. */
  roleArn: z
    .string()
    .trim()
    .min(1, "Enter the ARN of the role to assume")
    .max(2048, "has at most 2,048 characters")
    .refine((arn) => arn === "" || assumedArnPattern.test(arn), "must be the ARN of a role, such as arn:aws:iam::123456789012:role/name"),
  /** Empty: none. */
  externalId: emptyAsNull(
    z
      .string()
      .trim()
      .max(1224, "has at most 1,224 characters")
      .regex(/^([\w+=,.@:/-]{2,})?$/, "has at least 2 characters: letters, digits and +=,.@:/_-"),
  ),
  sessionSeconds: z
    .number("Enter a number of seconds")
    .int("Enter a whole number of seconds")
    .min(900, "must be at least 900 seconds, a quarter of an hour")
    .max(43_200, "must be at most 43,200 seconds, twelve hours")
    .default(3_600),
  /** Empty: where it usually is. */
  stsEndpoint: emptyAsNull(otherEndpointText),
});

const roleArnSchema = z
  .string()
  .trim()
  .min(1, "Enter the role's ARN")
  .max(600, "has at most 600 characters")
  .refine((arn) => arn === "" || roleArnPattern.test(arn), "must be a role's ARN, such as arn:aws:iam::123456789012:role/name");

const roleFields = {
  arn: roleArnSchema,
  connectionId: z.uuid("Choose the connection"),
  /** Of a role that is assumed: the keys that ask for it; empty or absent for the connection's own. */
  accessKeyId: accessKeyIdText.default(""),
  secretAccessKey: keptSecret,
  assumeRole: assumeRoleSchema.nullable().default(null),
  /** Ids of those who may create jobs with it; null: whoever may create jobs. Absent: the same for a new role, unchanged for a present one. */
  passers: z.array(z.string().max(64)).max(1000, "has at most 1,000 people").nullable().optional(),
};

const demandKeys = (
  { assumeRole, accessKeyId, secretAccessKey }: { assumeRole: unknown; accessKeyId: string; secretAccessKey?: string | undefined },
  check: z.RefinementCtx,
  isNew: boolean,
): void => {
  const say = (path: string, message: string) => check.addIssue({ code: "custom", path: [path], message });
  if (accessKeyId === "" && assumeRole === null) say("accessKeyId", "Enter the access key ID");
  if (accessKeyId === "" && secretAccessKey !== undefined) say("accessKeyId", "Enter the access key ID that the secret belongs to");
  if (isNew && accessKeyId !== "" && secretAccessKey === undefined) say("secretAccessKey", "Enter the secret access key");
};

const roleUpdate = z.strictObject(roleFields);
export const roleUpdateSchema = roleUpdate.superRefine((role, check) => demandKeys(role, check, false));
export const roleSchema = roleUpdate.superRefine((role, check) => demandKeys(role, check, true));
export type RoleValues = z.input<typeof roleUpdateSchema>;

export const roleTestSchema = roleUpdate
  .extend({ arn: z.string().max(600).optional(), roleId: z.uuid().optional() })
  .superRefine((role, check) => demandKeys(role, check, false));
