"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditFacets, AuditPage } from "#lib/audit/audit-views.ts";
import { api } from "../api-client.ts";

/** @param search the filters, as auditSearch gives them */
export const useAudit = (search: string) =>
  useInfiniteQuery({
    queryKey: ["audit", search],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      if (pageParam !== null) asked.set("after", pageParam);
      return api<AuditPage>(`/api/audit?${asked}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useAuditFacets = () =>
  useQuery({ queryKey: ["audit-facets"], queryFn: ({ signal }) => api<AuditFacets>("/api/audit/facets", { signal }), staleTime: 60_000 });
