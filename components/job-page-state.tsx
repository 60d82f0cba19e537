"use client";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { ApiError } from "./api-client.ts";
import { Alert } from "./ui/alert.tsx";
import { Button, buttonClass } from "./ui/button.tsx";
import { Card } from "./ui/card.tsx";
import { EmptyState } from "./ui/empty-state.tsx";
import { Skeleton } from "./ui/skeleton.tsx";

/** What a job's page shows while there is no job to show: it is being read, does not exist, or could not be read. */
export function JobPageState({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Card>
        <h1 className="sr-only">Job not found</h1>
        <EmptyState
          icon={<SearchX />}
          title="There is no such job"
          action={
            <Link href="/jobs" className={buttonClass()}>
              All jobs
            </Link>
          }
        >
          The address may be mistyped, or the job may have been deleted.
        </EmptyState>
      </Card>
    );
  }
  if (error) {
    return (
      <Alert tone="danger" title="The job could not be read" actions={<Button onClick={onRetry}>Try again</Button>}>
        {error.message}
      </Alert>
    );
  }
  return (
    <div role="status" aria-label="Reading the job" className="flex flex-col gap-4">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mb-2 h-8 w-80 max-w-full" />
      <Skeleton className="h-40 w-full rounded-xl" />
      <Skeleton className="h-64 w-full rounded-xl" />
    </div>
  );
}
