import type { CreateJobInput } from "../jobs/job-schema.ts";
import { operations } from "../operations/registry.ts";
import { createJobRequest } from "./model.ts";
import type { Shape } from "./shape.ts";
import { shellQuote } from "./shell-quote.ts";

/** Where the command is to send the job. */
export interface CommandPlace {
  /** Of this console, as the person has opened it: "https://longshore.example.com". */
  endpoint: string;
  accountId: string;
}

/**
 * What of a job only Longshore has, in words; Amazon's clients do not know it, and refuse to send it.
 * @returns nothing where they can say the whole job
 */
export function onlyOurs(job: CreateJobInput): string[] {
  const name = Object.keys(job.Operation)[0] ?? "";
  const ours = operations.find((one) => one.name === name && "ours" in one && one.ours);
  if (ours) return [`the operation “${ours.title}”`, ...unknownMembers({ ...job, Operation: {} }, createJobRequest)];
  return unknownMembers(job, createJobRequest);
}

/** Paths of what the model does not have. */
function unknownMembers(value: unknown, shape: Shape, path = ""): string[] {
  if (value === undefined) return [];
  if (shape.kind === "list" && Array.isArray(value)) return value.flatMap((item, index) => unknownMembers(item, shape.of, `${path}.${index}`));
  if (shape.kind !== "structure" || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const member = shape.members[name];
    if (inner === undefined) return [];
    return member ? unknownMembers(inner, member.shape, at) : [at];
  });
}

/**
 * The job in JSON, indented, in which what cannot be seen is written as an escape, and so is the single quote: any shell then takes it
 * between two of them.
 */
export const jsonWord = (value: unknown): string => `'${shown(value).replaceAll("'", "\\u0027")}'`;

const shown = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u007f-\u00a0\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/**
 * The AWS CLI's command that makes this job. All of it goes as one JSON: as options of their own, a text that begins with a hyphen
 * would be another option, and one that begins with file:// a file to read. Each run makes a job of its own.
 */
export function awsCommand(job: CreateJobInput, { endpoint, accountId }: CommandPlace): string {
  const { ClientRequestToken: _, ...request } = job;
  return [
    "aws s3control create-job \\",
    `  --profile longshore --region snow --endpoint-url ${shellQuote(endpoint)} --account-id ${shellQuote(accountId)} \\`,
    `  --cli-input-json ${jsonWord(request)}`,
  ].join("\n");
}

/** The same by the console's JSON API, which can say all that Longshore does: first the session, then the job. */
export const curlCommand = (job: CreateJobInput, { endpoint }: Pick<CommandPlace, "endpoint">): string =>
  [
    '# sign-in.json is yours: {"email": "…", "password": "…"}. Keep it, and the cookie, from others.',
    `curl --fail-with-body -sS -c longshore.cookie -H 'content-type: application/json' -H ${shellQuote(`origin: ${endpoint}`)} \\`,
    `  --data-binary @sign-in.json ${shellQuote(`${endpoint}/api/auth/sign-in/email`)}`,
    `curl --fail-with-body -sS -b longshore.cookie -H 'content-type: application/json' -H ${shellQuote(`origin: ${endpoint}`)} \\`,
    `  --data-raw ${jsonWord(job)} \\`,
    `  ${shellQuote(`${endpoint}/api/jobs`)}`,
  ].join("\n");
