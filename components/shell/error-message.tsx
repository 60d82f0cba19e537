"use client";
import { TriangleAlert } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** What an error page says: nothing of the error itself, only how its line in the log is found. One that happened in the browser has none. */
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
    Your jobs are not affected by this. If it stays, tell an administrator{digest ? `: the console’s log has the reason, under ${digest}` : ""}.
  </EmptyState>
);
