"use client";
import { useQuery } from "@tanstack/react-query";
import type { MeasuredRates } from "#lib/jobs/estimate-time.ts";
import { api } from "../api-client.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { estimateWords } from "./estimate-words.ts";

export interface TimeEstimateProps {
  connectionId: string;
  /** The registry's name. */
  operation: string;
  dryRun: boolean;
  /** Null where nobody has counted them. */
  objects: number | null;
  /** The number is an estimate itself. */
  about?: boolean;
  /** The job's own cap. */
  maxRequestsPerSecond?: number | null;
}

/** How long a job is likely to take, by what ended jobs of its kind have shown on its connection; honest where none has. */
export function TimeEstimate({ connectionId, operation, dryRun, objects, about = false, maxRequestsPerSecond = null }: TimeEstimateProps) {
  const query = useQuery({
    queryKey: ["rates", connectionId, operation, dryRun],
    queryFn: ({ signal }) =>
      api<MeasuredRates>(`/api/connections/${encodeURIComponent(connectionId)}/rates?${new URLSearchParams({ operation, dryRun: String(dryRun) })}`, {
        signal,
      }),
    enabled: connectionId !== "",
    staleTime: 60_000,
  });
  if (query.isError) return "Not known: the connection’s earlier jobs could not be read";
  if (!query.data) return <Skeleton className="my-0.5 h-4 w-40" />;
  const { time, because } = estimateWords(objects, query.data, maxRequestsPerSecond);
  return (
    <>
      {time}
      {about && query.data.jobs > 0 && ", by the rows that were seen"}
      <span className="block text-note text-text-muted">{because}</span>
    </>
  );
}
