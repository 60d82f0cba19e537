"use client";
import { useEffect } from "react";
import { useConnections, useRoles } from "./use-connections.ts";
import type { Wizard } from "./use-wizard.ts";

/** The connections and roles to choose from. A single one is chosen already; one that is gone stays, and is told at its field. */
export function useChoices(wizard: Wizard | null) {
  const connections = useConnections();
  const roles = useRoles();
  const connectionId = wizard?.draft.manifest.connectionId;
  const roleArn = wizard?.draft.options.roleArn;
  const update = wizard?.update;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `update` is made anew each time and does the same
  useEffect(() => {
    if (!connections.data || !roles.data || connectionId === undefined || !update) return;
    const rightConnection = only(connections.data, connectionId, (one) => one.id);
    const onIt = roles.data.filter((role) => role.connection.id === rightConnection && role.mayPass);
    const rightRole = only(onIt, roleArn ?? "", (one) => one.arn);
    if (rightConnection !== connectionId || rightRole !== roleArn) {
      update((now) => ({ ...now, manifest: { ...now.manifest, connectionId: rightConnection }, options: { ...now.options, roleArn: rightRole } }));
    }
  }, [connections.data, roles.data, connectionId, roleArn]);
  return {
    ready: connections.isSuccess && roles.isSuccess,
    connections: connections.data ?? [],
    roles: roles.data ?? [],
    error: connections.error ?? roles.error,
    retry: () => {
      void connections.refetch();
      void roles.refetch();
    },
  };
}

/** The chosen one, else the only one, else none. */
function only<T>(all: readonly T[], chosen: string, idOf: (one: T) => string): string {
  if (chosen !== "") return chosen;
  return all.length === 1 ? idOf(all[0] as T) : "";
}
