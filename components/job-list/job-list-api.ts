"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { JobChange } from "#lib/jobs/change-jobs.ts";
import type { JobGroups } from "#lib/jobs/group-jobs.ts";
import type { ChangesForeseen, ChangesMade, JobAction } from "#lib/jobs/job-actions.ts";
import type { JobFacets } from "#lib/jobs/job-facets.ts";
import type { SavedFilterView } from "#lib/saved-filters/saved-filter-schema.ts";
import { api } from "../api-client.ts";

/** @param search null: not asked for */
export const useGroups = (search: string | null) =>
  useQuery({
    queryKey: ["jobs-groups", search],
    queryFn: () => api<JobGroups>(`/api/jobs/groups?${search}`),
    enabled: search !== null,
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });

export const useFacets = (wanted: boolean) =>
  useQuery({ queryKey: ["jobs-facets"], queryFn: () => api<JobFacets>("/api/jobs/facets"), enabled: wanted, staleTime: 30_000 });

export const listIds = (search: string) => api<{ ids: string[] }>(`/api/jobs/ids?${search}`);

export const useForeseen = (action: JobAction, jobIds: readonly string[]) =>
  useQuery({
    queryKey: ["job-changes", action, jobIds],
    queryFn: () => api<ChangesForeseen>("/api/jobs/change-preview", { body: { action, jobIds } }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** So many in a request, so that there is progress to see. */
const atOnce = 100;

/** Sends a change of many jobs; whatever came of it, the list is read again. */
export function useChangeJobs() {
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  const change = useMutation({
    mutationFn: async ({ jobIds, change }: { jobIds: readonly string[]; change: JobChange }): Promise<ChangesMade> => {
      const made: ChangesMade = { changed: [], unchanged: [] };
      for (let at = 0; at < jobIds.length; at += atOnce) {
        const some = jobIds.slice(at, at + atOnce);
        try {
          const { changed, unchanged } = await api<ChangesMade>("/api/jobs/change", { body: { jobIds: some, change } });
          made.changed.push(...changed);
          made.unchanged.push(...unchanged);
        } catch (error) {
          // What was changed before stays changed, so it is told beside what was not.
          if (at === 0) throw error;
          const reason = error instanceof Error ? error.message : String(error);
          made.unchanged.push(...jobIds.slice(at).map((jobId) => ({ jobId, description: "", reason })));
          break;
        }
        setDone(at + some.length);
      }
      return made;
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["home"] });
      return client.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
  return { ...change, done };
}

const key = ["saved-filters"];

export const useSavedFilters = () => useQuery({ queryKey: key, queryFn: () => api<SavedFilterView[]>("/api/saved-filters"), staleTime: 60_000 });

/** Saves, changes and deletes; the menu is read again after each. */
export function useSavedFilterChanges() {
  const client = useQueryClient();
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: key }) };
  const path = (id: string) => `/api/saved-filters/${encodeURIComponent(id)}`;
  return {
    save: useMutation({ mutationFn: (filter: Omit<SavedFilterView, "id">) => api<SavedFilterView>("/api/saved-filters", { body: filter }), ...settled }),
    update: useMutation({
      mutationFn: ({ id, ...change }: { id: string } & Partial<Omit<SavedFilterView, "id">>) =>
        api<SavedFilterView>(path(id), { method: "PATCH", body: change }),
      ...settled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api<null>(path(id), { method: "DELETE" }), ...settled }),
  };
}
