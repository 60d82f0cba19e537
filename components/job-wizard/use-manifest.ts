"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ManifestPreview } from "#lib/browse/browse-views.ts";
import type { ManifestKind } from "#lib/jobs/manifest-schema.ts";
import { ApiError, api } from "../api-client.ts";
import { toast } from "../ui/toast.ts";
import { useDebounced } from "../use-debounced.ts";
import { foundOf, lookupOf, type ManifestDraft } from "./draft.ts";
import { manifestFields } from "./draft-to-input.ts";
import { manifestLookup } from "./manifest-lookup.ts";

export interface ManifestState {
  /** S3 is being asked: nothing can be said about the manifest yet. */
  busy: boolean;
  /** Why the manifest could not be looked up. */
  lookupError: string | null;
  preview: ManifestPreview | null;
  previewError: string | null;
  previewBusy: boolean;
  /** Why no job can come of this manifest; null when nothing is known against it. */
  problem: string | null;
  lookUpAgain: () => void;
}

/** What S3 says about the manifest that is typed: looked up by itself, and written into the draft. */
export function useManifest(manifest: (ManifestDraft & { kind: ManifestKind }) | null, setFound: (found: ManifestDraft["found"]) => void): ManifestState {
  const wanted = manifest ? lookupOf(manifest) : null;
  const asked = useDebounced(wanted?.of ?? null, 400);
  const head = useQuery({
    ...manifestLookup(wanted),
    enabled: wanted !== null && asked === wanted.of,
    refetchOnWindowFocus: false,
  });

  const found = manifest ? foundOf(manifest) : null;
  const before = useRef<string | null>(null);
  before.current = found?.etag ?? null;
  const answer = head.data;
  const of = wanted?.of;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft follows the answer, and nothing else
  useEffect(() => {
    if (!answer || of === undefined) return;
    if (before.current !== null && before.current !== answer.etag)
      toast.info("The manifest has changed", { description: "Its new ETag and first rows are shown. Look at them before you go on." });
    setFound({ of, ...answer });
  }, [answer, of]);

  const preview = useQuery({
    queryKey: ["manifest-preview", wanted?.of, found?.etag, found?.versionId, manifest?.kind, manifest ? manifestFields(manifest).join() : ""],
    queryFn: ({ signal }) =>
      api<ManifestPreview>(`/api/connections/${encodeURIComponent(wanted?.connectionId ?? "")}/manifest-preview`, {
        signal,
        body: {
          bucket: wanted?.bucket,
          key: wanted?.key,
          versionId: wanted?.versionId ?? found?.versionId ?? undefined,
          etag: found?.etag,
          kind: manifest?.kind,
          ...(manifest?.kind === "csv" && { fields: manifestFields(manifest) }),
        },
      }),
    enabled: found !== null && wanted !== null,
    // The rows of the same manifest stay while they are read the other way.
    placeholderData: (previous, query) => (query?.queryKey[1] === wanted?.of ? previous : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });

  const current = preview.data && found ? preview.data : null;
  const lookupError = wanted !== null && head.isError && !head.isFetching ? head.error.message : null;
  return {
    busy: wanted !== null && (asked !== wanted.of || head.isFetching || (head.isSuccess && found === null)),
    lookupError,
    preview: current,
    previewError: preview.isError && found ? previewWords(preview.error) : null,
    previewBusy: preview.isFetching,
    problem: lookupError ?? (current && !preview.isPlaceholderData ? problemOf(current) : null),
    lookUpAgain: () => {
      void head.refetch();
      if (preview.isError) void preview.refetch();
    },
  };
}

const previewWords = (error: Error): string =>
  error instanceof ApiError && error.code === "Conflict" ? "The manifest has changed since it was looked up. Look it up again." : error.message;

function problemOf(preview: ManifestPreview): string | null {
  if (preview.problem) return preview.problem;
  if (preview.wrong === 0) return null;
  const first = preview.rows.find((row) => "problem" in row);
  return first && "problem" in first ? `Row ${first.row} ${first.problem}.` : null;
}
