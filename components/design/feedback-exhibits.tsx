import { Inbox } from "lucide-react";
import { Alert } from "../ui/alert.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Progress } from "../ui/progress.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { Column, Exhibit, Row } from "./exhibit.tsx";

const badges = ["neutral", "info", "success", "warning", "danger", "progress"] as const;

export const FeedbackExhibits = () => (
  <>
    <Exhibit
      title="Alert"
      show={() => (
        <Column>
          <Alert title="A worker reads the manifest">It waits for a confirmation afterwards.</Alert>
          <Alert tone="success" title="Nothing failed" />
          <Alert tone="warning" title="The bucket keeps no versions">
            What is overwritten there is lost.
          </Alert>
          <Alert tone="danger" title="The manifest has changed" actions={<Button size="sm">Read it again</Button>}>
            Its ETag is not the one that was reviewed.
          </Alert>
        </Column>
      )}
    >
      Beside its cause, with what to do. Warnings and errors are announced as they appear.
    </Exhibit>
    <Exhibit
      title="Badge"
      show={() => (
        <Row>
          {badges.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          {badges.map((tone) => (
            <Badge key={tone} tone={tone} dot>
              {tone}
            </Badge>
          ))}
        </Row>
      )}
    >
      A dot for statuses, none for kinds. The word says it; the colour only helps.
    </Exhibit>
    <Exhibit
      title="Waiting"
      show={() => (
        <Column>
          <Progress label="Tasks done" value={42} />
          <Progress label="Tasks done, with failures" value={80} tone="warning" />
          <Progress label="Reading the manifest" value={null} />
          <Skeleton className="w-2/3" />
          <Skeleton className="h-9" />
          <Spinner label="Loading" />
        </Column>
      )}
    >
      A skeleton in the shape of what comes, so that nothing jumps; a bar where the length is known.
    </Exhibit>
    <Exhibit
      title="Empty state"
      show={() => (
        <EmptyState icon={<Inbox />} title="No jobs yet" action={<Button variant="primary">Create a job</Button>}>
          A job does one operation on every object of a manifest.
        </EmptyState>
      )}
    >
      Says what will be here, and begins it.
    </Exhibit>
  </>
);
