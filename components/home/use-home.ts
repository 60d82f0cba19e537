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

/** How many jobs wait for the person: for their confirmation, and to be changed; undefined while nobody knows, and for whoever can do neither. */
export const useAwaiting = () =>
  useQuery({
    queryKey: ["home", "awaiting"],
    queryFn: ({ signal }) => api<{ awaiting: number; sentBack: number }>("/api/home/awaiting", { signal }),
    enabled: useCan("job.create"),
    refetchInterval: 10_000,
  }).data;
