import { z } from "zod";
import { limitsSchema } from "../jobs/limits-schema.ts";
import { isForbiddenHost } from "./forbidden-host.ts";

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
  if (isForbiddenHost(url.hostname)) return "Link-local addresses are not allowed: the machine's own credentials are kept there";
  return null;
}

const accessKeyIdSchema = z
  .string()
  .trim()
  .min(1, "Enter the access key ID")
  .max(256, "has at most 256 characters")
  .regex(/^[\x21-\x7e]*$/, "has no spaces and only ASCII characters");

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

/** Empty: none. */
const lambdaEndpointSchema = z
  .string()
  .trim()
  .max(512, "has at most 512 characters")
  .superRefine((text, check) => {
    const problem = endpointProblem(text);
    if (problem) check.addIssue({ code: "custom", message: problem });
  })
  .transform((text) => (text === "" ? null : text.replace(/\/+$/, "")))
  .nullable();

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
export const connectionTestSchema = connectionUpdateSchema.extend({ name: z.string().optional(), connectionId: z.uuid().optional() });

export const roleArnPattern = /^arn:[a-z0-9-]+:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

export const roleSchema = z.strictObject({
  arn: z
    .string()
    .trim()
    .min(1, "Enter the role's ARN")
    .refine((arn) => arn === "" || roleArnPattern.test(arn), "must be a role's ARN, such as arn:aws:iam::123456789012:role/name"),
  connectionId: z.uuid("Choose the connection"),
  accessKeyId: accessKeyIdSchema,
  secretAccessKey: secretSchema,
  /** Ids of those who may create jobs with it; null: whoever may create jobs. Absent: the same for a new role, unchanged for a present one. */
  passers: z.array(z.string().max(64)).max(1000, "has at most 1,000 people").nullable().optional(),
});

export const roleUpdateSchema = roleSchema.extend({ secretAccessKey: keptSecret });
export type RoleValues = z.input<typeof roleUpdateSchema>;

export const roleTestSchema = roleUpdateSchema.extend({ arn: z.string().optional(), roleId: z.uuid().optional() });
