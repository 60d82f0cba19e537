import { z } from "zod";
import { computeObjectChecksum } from "./compute-object-checksum.ts";
import { deleteObject } from "./delete-object.ts";
import { deleteObjectTagging } from "./delete-object-tagging.ts";
import { dryRunOf } from "./dry-run.ts";
import { initiateRestoreObject } from "./initiate-restore-object.ts";
import { invokeWebhook } from "./invoke-webhook.ts";
import { lambdaInvoke } from "./lambda-invoke.ts";
import { mergeObjectTagging } from "./merge-object-tagging.ts";
import type { JobContext, Operation, TaskRun } from "./operation.ts";
import { putObjectAcl } from "./put-object-acl.ts";
import { putObjectCopy } from "./put-object-copy.ts";
import { putObjectLegalHold } from "./put-object-legal-hold.ts";
import { putObjectRetention } from "./put-object-retention.ts";
import { putObjectTagging } from "./put-object-tagging.ts";
import { replicateObject } from "./replicate-object.ts";
import { updateObjectEncryption } from "./update-object-encryption.ts";

/** Every operation that a job can have, in the order in which a person chooses. */
export const operations = [
  putObjectTagging,
  mergeObjectTagging,
  deleteObjectTagging,
  putObjectCopy,
  replicateObject,
  putObjectAcl,
  updateObjectEncryption,
  putObjectRetention,
  putObjectLegalHold,
  initiateRestoreObject,
  computeObjectChecksum,
  lambdaInvoke,
  invokeWebhook,
  deleteObject,
] as const;

export type OperationName = (typeof operations)[number]["name"];

/** AWS's JobOperation: an object with exactly one member, named after the operation. */
export type JobOperation = Partial<Record<OperationName, unknown>>;

export const operationNames: readonly string[] = operations.map((operation) => operation.name);

/** @throws Error when there is no such operation: callers pass names that the schema accepted */
export function findOperation(name: string): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (!found) throw new Error(`No operation ${name}`);
  return found as unknown as Operation;
}

export const operationOf = (jobOperation: JobOperation): { operation: Operation; params: unknown } => {
  const name = Object.keys(jobOperation)[0] ?? "";
  return { operation: findOperation(name), params: jobOperation[name as OperationName] };
};

/** A map's key that breaks its rule: the rule's own words instead of "Invalid key in record". */
const messageOf = (issue: z.core.$ZodIssue): string => (issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message);

/** Checks the one member with its operation's own schema, and reports its issues under that member's path. */
export const jobOperationSchema = z.record(z.string(), z.unknown()).transform((value, check): JobOperation => {
  const names = Object.keys(value);
  const name = names[0];
  if (names.length !== 1 || name === undefined) {
    check.addIssue({ code: "custom", message: "Give exactly one operation" });
    return z.NEVER;
  }
  if (!operationNames.includes(name)) {
    check.addIssue({ code: "custom", path: [name], message: `Longshore does not serve the operation ${name} yet` });
    return z.NEVER;
  }
  const parsed = findOperation(name).schema.safeParse(value[name]);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) check.addIssue({ code: "custom", path: [name, ...issue.path], message: messageOf(issue) });
    return z.NEVER;
  }
  return { [name]: parsed.data };
});

/** ARNs of the roles besides the job's own that it works with. */
export function otherRoles(jobOperation: JobOperation): string[] {
  const { operation, params } = operationOf(jobOperation);
  return operation.otherRoles?.(params) ?? [];
}

interface JobDoes {
  Operation: JobOperation;
  DryRun?: boolean | undefined;
}

/** What a job really does: the operation itself, or its dry run. */
export function operationOfJob({ Operation, DryRun }: JobDoes): ReturnType<typeof operationOf> {
  const { operation, params } = operationOf(Operation);
  return { operation: DryRun ? dryRunOf(operation) : operation, params };
}

/** What nobody can ever undo about a job, in words for its reviewer; null when there is nothing. A dry run changes nothing. */
export function irreversibleOf(definition: JobDoes): string | null {
  const { operation, params } = operationOfJob(definition);
  return operation.irreversible(params);
}

export function runOperation(definition: JobDoes, job: JobContext): TaskRun {
  const { operation, params } = operationOfJob(definition);
  return operation.run(params, job);
}
