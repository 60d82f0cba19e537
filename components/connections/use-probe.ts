import { useQuery } from "@tanstack/react-query";
import type { ProbeView } from "#lib/probe/probe-views.ts";
import { api } from "../api-client.ts";

export const probeKey = (connectionId: string) => ["connections", connectionId, "probe"];

const goesOn = (view: ProbeView | undefined): boolean => view?.state === "waiting" || view?.state === "running";

/** What a connection's store was found to do; looked at again while a probe goes on. */
export const useProbe = (connectionId: string) =>
  useQuery({
    queryKey: probeKey(connectionId),
    queryFn: ({ signal }) => api<ProbeView>(`/api/connections/${encodeURIComponent(connectionId)}/probe`, { signal }),
    enabled: connectionId !== "",
    refetchInterval: (query) => (goesOn(query.state.data) ? 2_000 : false),
  });
