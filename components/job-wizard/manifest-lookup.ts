import type { ObjectHead } from "#lib/browse/browse-views.ts";
import { api } from "../api-client.ts";
import type { Lookup } from "./draft.ts";

/** The query that asks S3 about a manifest: what was looked up stays until somebody asks again. */
export const manifestLookup = (wanted: Lookup | null) => ({
  queryKey: ["s3-object", wanted?.of],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    if (!wanted) throw new Error("There is nothing to look up");
    const query = new URLSearchParams({ bucket: wanted.bucket, key: wanted.key, ...(wanted.versionId && { versionId: wanted.versionId }) });
    return api<ObjectHead>(`/api/connections/${encodeURIComponent(wanted.connectionId)}/object?${query}`, { signal });
  },
  // It must not change under the reader's eyes.
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});
