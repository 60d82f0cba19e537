"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import type { ProbeView } from "#lib/probe/probe-views.ts";
import { api } from "../api-client.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";
import { CapabilityTable } from "./capability-table.tsx";
import { probeKey, useProbe } from "./use-probe.ts";

/** What the store was found to do, and a button to try it again. */
export function ProbeCard({ connectionId, canWrite }: { connectionId: string; canWrite: boolean }) {
  const query = useProbe(connectionId);
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => api<ProbeView>(`/api/connections/${encodeURIComponent(connectionId)}/probe`, { method: "POST" }),
    onSuccess: (view) => {
      client.setQueryData(probeKey(connectionId), view);
      void client.invalidateQueries({ queryKey: ["connections"], exact: true });
    },
    onError: (error) => toast.error("The probe could not be started", { description: error.message }),
  });
  const view = query.data;
  const goesOn = view?.state === "waiting" || view?.state === "running";
  const button = canWrite && (
    <Button loading={ask.isPending} disabled={goesOn} onClick={() => ask.mutate()}>
      <FlaskConical aria-hidden />
      Probe {view?.results ? "again" : "now"}
    </Button>
  );
  return (
    <Card>
      <CardHeader
        title="What this store does"
        description="Tried on throwaway objects in the work area, and read back. Jobs are not let loose on what it does wrongly."
        actions={view && button}
      />
      {!view ? (
        <CardBody>
          {query.error ? (
            <Alert tone="danger" title="The probe could not be loaded">
              {query.error.message}
            </Alert>
          ) : (
            <Skeleton className="h-64" />
          )}
        </CardBody>
      ) : (
        <>
          <ProbeState view={view} />
          {view.results ? (
            <CapabilityTable results={view.results} />
          ) : (
            !goesOn &&
            view.failure === null && (
              <EmptyState icon={<FlaskConical />} title="Nobody has tried this store yet">
                Some stores answer 200 and damage the object. {canWrite ? "Probe it before jobs run on it." : "An administrator can probe it."}
              </EmptyState>
            )
          )}
        </>
      )}
    </Card>
  );
}

function ProbeState({ view }: { view: ProbeView }) {
  const { state, failure, resultsAt, server, serverNow, versioned, locks } = view;
  const goesOn = state === "waiting" || state === "running";
  if (!goesOn && failure === null && resultsAt === null) return null;
  return (
    <div className="flex flex-col gap-3 border-border border-b px-5 py-3.5">
      {goesOn && (
        <p role="status" className="flex items-center gap-2 text-note">
          <Spinner />
          {state === "waiting" ? "Waiting for a worker to probe the store." : "A worker is probing the store. This takes from some seconds to some minutes."}
        </p>
      )}
      {failure !== null && (
        <Alert tone="warning" title={resultsAt ? "The last probe found nothing; this is what an earlier one found" : "The store could not be probed"}>
          <SafeText text={failure} />
        </Alert>
      )}
      {serverNow !== null && (
        <Alert tone="warning" title="The store says that it is another server since">
          It was <SafeText text={server ?? "unnamed"} /> when it was probed, and is <SafeText text={serverNow} /> now.
        </Alert>
      )}
      {resultsAt !== null && (
        <p className="text-note text-text-muted">
          Probed <Time value={resultsAt} />
          {server !== null && (
            <>
              {" "}
              as <SafeText text={server} className="text-text" />
            </>
          )}
          . The work bucket {versioned ? "keeps versions" : "keeps no versions"}
          {locks ? " and has Object Lock." : versioned ? ", without Object Lock." : "."}
        </p>
      )}
    </div>
  );
}
