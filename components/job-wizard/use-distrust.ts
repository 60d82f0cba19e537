import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { needsOfJob } from "#lib/probe/needs-of-job.ts";
import { refusalsOf } from "#lib/probe/refusals.ts";
import { isAmazon } from "#lib/s3/is-amazon.ts";
import { useProbe } from "../connections/use-probe.ts";
import { paramsOf } from "../operation-form/form-values.ts";
import type { Draft } from "./draft.ts";
import { formOf } from "./draft.ts";
import { useConnections } from "./use-connections.ts";

export interface Distrust {
  /** Why an operation is not offered at all, however its form is filled in; null where it is. */
  ofChoice(name: string): string | null;
  /** What speaks against the present parameters. */
  ofParameters: string | null;
}

/** What the probe of the chosen connection found against operations. Other stores that a copy goes to are the server's to look at. */
export function useDistrust(draft: Draft): Distrust {
  const { connectionId } = draft.manifest;
  const results = useProbe(connectionId).data?.results ?? [];
  const endpoint = useConnections().data?.find((one) => one.id === connectionId)?.endpoint;
  const versions = draft.source === "csv" && draft.manifest.withVersionIds;
  const first = (name: string, params: unknown): string | null => {
    if (endpoint === undefined || results.length === 0) return null;
    const needs = needsOfJob({ Operation: { [name]: params } }, { amazon: isAmazon(endpoint) }, versions);
    const own = needs.filter(({ roleArn }) => roleArn === null).flatMap(({ capabilities }) => capabilities);
    return refusalsOf(own, results)[0]?.message ?? null;
  };
  const { name } = draft.operation;
  const isChosen = operationNames.includes(name);
  return {
    ofChoice: (one) => first(one, findOperation(one).initial),
    ofParameters: isChosen && first(name, findOperation(name).initial) === null ? first(name, paramsOf(findOperation(name), formOf(draft))) : null,
  };
}
