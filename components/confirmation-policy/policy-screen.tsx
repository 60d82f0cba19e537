"use client";
import { useQuery } from "@tanstack/react-query";
import type { ConfirmationPolicyView } from "#lib/confirmation/policy-views.ts";
import { api } from "../api-client.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { policyKey } from "./use-save-policy.ts";

/** Who may confirm jobs, and how many have to: everyone reads it, administrators change it. */
export function PolicyScreen({ canWrite }: { canWrite: boolean }) {
  const query = useQuery({
    queryKey: policyKey,
    queryFn: ({ signal }) => api<ConfirmationPolicyView>("/api/confirmation-policy", { signal }),
    // Nobody's typing is replaced by what is read again.
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <PageHeader title="Confirmation policy" description="Who may confirm a job before it runs, and how many people have to." />
      {query.data ? (
        <PolicyForm key={query.data.changed?.at} policy={query.data} canWrite={canWrite} />
      ) : query.error ? (
        <LoadFailed noun="confirmation policy" query={query} />
      ) : (
        <Card aria-busy="true" aria-label="Loading the confirmation policy" className="flex flex-col gap-4 p-5">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-3/5" />
          <Skeleton className="w-1/2" />
        </Card>
      )}
    </>
  );
}
