import Link from "next/link";
import { ApiError } from "../api-client.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";

export interface CreateJobFailureProps {
  error: Error;
  /** Gives the draft a new token, so that it becomes a job of its own. */
  onAnew: () => void;
  onClose: () => void;
}

/** Why the job was not made, where no field is to blame. */
export function CreateJobFailure({ error, onAnew, onClose }: CreateJobFailureProps) {
  if (error instanceof ApiError && error.code === "Idempotency") {
    return (
      <Alert
        tone="warning"
        title="This draft has already become a job, with other values"
        actions={
          <>
            <Link href="/jobs" className="self-center font-medium text-accent-text hover:underline">
              See the jobs
            </Link>
            <Button
              size="sm"
              onClick={() => {
                onAnew();
                onClose();
              }}
            >
              Make it another job
            </Button>
          </>
        }
      >
        An earlier press reached the server, and the draft was changed since.
      </Alert>
    );
  }
  const again = error instanceof ApiError && (error.status === 0 || error.status >= 500) ? " You can press Create job again: it will not be made twice." : "";
  return (
    <Alert tone="danger" title="The job was not created">
      {error.message}
      {again}
    </Alert>
  );
}
