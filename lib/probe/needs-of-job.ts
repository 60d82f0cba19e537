import type { JobDefinition } from "../jobs/job-schema.ts";
import { operationOf } from "../operations/registry.ts";
import { type Capability, type Need, type StoreKind, withVersionId } from "./capability.ts";

/** What a job asks of a store: of its role's (null), or of that of another role that it names. */
export interface StoreNeeds {
  roleArn: string | null;
  capabilities: readonly Capability[];
}

/** @param versions whether the job's list of objects may name versions */
export function needsOfJob({ Operation, DryRun }: Pick<JobDefinition, "Operation" | "DryRun">, store: StoreKind, versions: boolean): StoreNeeds[] {
  const { operation, params } = operationOf(Operation);
  const needs = (DryRun ? operation.previewNeeds : operation.needs)?.(params, store) ?? [];
  return groupNeeds(needs, versions);
}

export function groupNeeds(needs: readonly Need[], versions: boolean): StoreNeeds[] {
  const byRole = new Map<string | null, Set<Capability>>();
  for (const need of needs) {
    const { capability, roleArn } = typeof need === "string" ? { capability: need, roleArn: null } : need;
    // Whatever is done to an object is done to the wrong one where keys are taken for each other.
    const found = byRole.get(roleArn) ?? new Set<Capability>(["ObjectKeys"]);
    byRole.set(roleArn, found.add(capability));
    const versioned = withVersionId[capability];
    if (versions && versioned && roleArn === null) found.add(versioned);
  }
  return [...byRole].map(([roleArn, capabilities]) => ({ roleArn, capabilities: [...capabilities] }));
}

/** @param sample the list's first objects, once they have been read */
export const mayNameVersions = ({ Manifest }: Pick<JobDefinition, "Manifest">, sample: readonly { versionId?: string | undefined }[] = []): boolean =>
  sample.some((task) => task.versionId !== undefined) || (Manifest?.Spec.Fields?.includes("VersionId") ?? false);
