import { createHash } from "node:crypto";
import type { CreateJobRequest, JobDefinition } from "./job-schema.ts";

/** JSON with sorted keys, so that equal definitions are equal texts, wherever they were written. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

const sha256Of = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex");

/** SHA-256 (hex) of what a reviewer confirms: operation, manifest with its ETag, report and role. */
export const definitionDigest = (definition: JobDefinition): string => sha256Of(definition);

/** SHA-256 (hex) of all that was asked for, but for the token that names the request. */
export const requestDigest = ({ ClientRequestToken: _token, ...request }: CreateJobRequest): string => sha256Of(request);
