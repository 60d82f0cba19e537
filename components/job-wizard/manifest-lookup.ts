import type { QueryClient } from "@tanstack/react-query";
import type { ObjectHead } from "#lib/browse/browse-views.ts";
import { api } from "../api-client.ts";
import { type Draft, type Lookup, lookupOf } from "./draft.ts";

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

/** The draft with what S3 says of its manifest, so that it may begin at any step; as it is where S3 cannot say. */
export async function withManifest(client: QueryClient, draft: Draft): Promise<Draft> {
  const wanted = draft.source === "bucket" ? null : lookupOf(draft.manifest);
  if (!wanted) return draft;
  try {
    const answer = await client.fetchQuery(manifestLookup(wanted));
    return { ...draft, manifest: { ...draft.manifest, found: { of: wanted.of, ...answer } } };
  } catch {
    return draft;
  }
}
