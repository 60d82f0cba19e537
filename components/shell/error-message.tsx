"use client";
import { TriangleAlert } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** What an error page says: nothing of the error itself, only how its line in the log is found. */
export const ErrorMessage = ({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) => (
  <EmptyState
    icon={<TriangleAlert />}
    title={<h1>This page could not be shown</h1>}
    action={
      <Button variant="primary" onClick={onRetry}>
        Try again
      </Button>
    }
  >
    Your jobs are not affected by this. If it stays, check that the database is reachable and look at the console’s log{digest ? ` for ${digest}` : ""}.
  </EmptyState>
);
