"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { BucketList, ObjectList } from "#lib/browse/browse-views.ts";
import { api } from "../api-client.ts";

const base = (connectionId: string): string => `/api/connections/${encodeURIComponent(connectionId)}`;

export const useBuckets = (connectionId: string, enabled: boolean) =>
  useQuery({
    queryKey: ["s3-buckets", connectionId],
    queryFn: ({ signal }) => api<BucketList>(`${base(connectionId)}/buckets`, { signal }),
    enabled: enabled && connectionId !== "",
  });

/** The folders and objects under a prefix, page after page. */
export const useObjects = (connectionId: string, bucket: string | null, prefix: string) =>
  useInfiniteQuery({
    queryKey: ["s3-objects", connectionId, bucket, prefix],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ bucket: bucket ?? "", prefix, ...(pageParam && { cursor: pageParam }) });
      return api<ObjectList>(`${base(connectionId)}/objects?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
    enabled: bucket !== null,
  });
