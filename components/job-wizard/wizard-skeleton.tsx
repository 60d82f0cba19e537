import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** Before the draft and the connections are there, or why they are not. */
export function WizardSkeleton({ error, onRetry }: { error?: Error | null; onRetry?: () => void }) {
  if (error) {
    return (
      <Alert
        tone="danger"
        title="The connections could not be read"
        actions={
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {error.message}
      </Alert>
    );
  }
  return (
    <div className="grid gap-8 lg:grid-cols-[14rem_minmax(0,1fr)]" aria-busy="true">
      <div className="flex gap-3 lg:flex-col">
        {[0, 1, 2, 3].map((step) => (
          <Skeleton key={step} className="h-9 w-full" />
        ))}
      </div>
      <Card className="max-w-4xl">
        <CardBody className="flex flex-col gap-5 py-6">
          <Skeleton className="w-1/3" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
          <Skeleton className="w-2/3" />
        </CardBody>
      </Card>
    </div>
  );
}
