import { Alert } from "./ui/alert.tsx";
import { Button } from "./ui/button.tsx";

interface LoadFailedProps {
  /** As in "connections". */
  noun: string;
  query: { error: Error | null; refetch: () => unknown };
}

/** In place of what could not be loaded. */
export const LoadFailed = ({ noun, query }: LoadFailedProps) => (
  <Alert
    tone="danger"
    title={`The ${noun} could not be loaded`}
    actions={
      <Button size="sm" onClick={() => query.refetch()}>
        Try again
      </Button>
    }
  >
    {query.error?.message}
  </Alert>
);
