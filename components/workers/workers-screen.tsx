"use client";
import { useQuery } from "@tanstack/react-query";
import { Cpu } from "lucide-react";
import type { WorkerView } from "#lib/jobs/job-views.ts";
import { api } from "../api-client.ts";
import { formatRate } from "../job-progress.ts";
import { ListState } from "../list-state.tsx";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatNumber } from "../ui/number.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { StartWorker } from "./start-worker.tsx";
import { WorkerCard } from "./worker-card.tsx";
import { totalsOf } from "./worker-totals.ts";

export function WorkersScreen() {
  const query = useQuery({
    queryKey: ["workers"],
    queryFn: ({ signal }) => api<WorkerView[]>("/api/workers", { signal }),
    refetchInterval: 2_000,
  });
  const stale = query.data && query.error;
  return (
    <>
      <PageHeader title="Workers" description="The processes that run jobs. As many as you like, on any machine: they share the work by themselves." />
      {stale && (
        <Alert tone="warning" className="mb-4" title="This page is not up to date">
          {query.error.message}
        </Alert>
      )}
      <ListState query={query} noun="workers" empty={<NoWorkers />}>
        {(workers) => (
          <div className="flex flex-col gap-4">
            <Totals workers={workers} />
            <ul aria-label="Workers" className="flex flex-col gap-4">
              {workers.map((worker) => (
                <li key={worker.id}>
                  <WorkerCard worker={worker} />
                </li>
              ))}
            </ul>
            <details className="text-text-muted">
              <summary className="w-fit cursor-pointer rounded font-medium text-note hover:text-text">Add another worker</summary>
              <div className="mt-3 max-w-2xl">
                <StartWorker />
              </div>
            </details>
          </div>
        )}
      </ListState>
    </>
  );
}

function Totals({ workers }: { workers: readonly WorkerView[] }) {
  const totals = totalsOf(workers);
  const figures = [
    { term: "Workers alive", value: formatNumber(totals.workers) },
    { term: "Executors", value: formatNumber(totals.executors) },
    { term: "Chunks running", value: formatNumber(totals.chunks) },
    { term: "Tasks now", value: formatRate(totals.tasksPerSecond) },
  ];
  return (
    <Card aria-label="All workers together">
      <CardBody>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
          {figures.map(({ term, value }) => (
            <div key={term}>
              <dt className="text-note text-text-muted">{term}</dt>
              <dd className="mt-0.5 font-semibold text-xl tabular-nums tracking-tight">{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}

const NoWorkers = () => (
  <EmptyState icon={<Cpu />} title="No worker is running">
    <p>Jobs wait until one does; nothing is lost meanwhile.</p>
    <div className="mt-5 text-left">
      <StartWorker />
    </div>
  </EmptyState>
);
