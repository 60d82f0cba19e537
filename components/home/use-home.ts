"use client";
import { useQuery } from "@tanstack/react-query";
import type { Home } from "#lib/home/home-views.ts";
import { api } from "../api-client.ts";
import { useCan } from "../use-can.tsx";

/** The home page, read again every two seconds while a job moves. */
export const useHome = () =>
  useQuery({
    queryKey: ["home"],
    queryFn: ({ signal }) => api<Home>("/api/home", { signal }),
    refetchInterval: (query) => (query.state.data?.running.total === 0 ? 6_000 : 2_000),
  });

/** How many jobs wait for the person's confirmation; undefined while nobody knows, and for whoever may not confirm. */
export function useAwaiting(): number | undefined {
  const { data } = useQuery({
    queryKey: ["home", "awaiting"],
    queryFn: ({ signal }) => api<{ awaiting: number }>("/api/home/awaiting", { signal }),
    enabled: useCan("job.confirm"),
    refetchInterval: 10_000,
  });
  return data?.awaiting;
}
