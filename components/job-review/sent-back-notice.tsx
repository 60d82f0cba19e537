import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Actor } from "../actor.tsx";
import { CommentText } from "../job-comments/comment-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Time } from "../ui/time.tsx";

/** Why nobody can run it now. */
export function SentBackNotice({ job: { sentBackBy } }: { job: Pick<JobDetails, "sentBackBy"> }) {
  if (!sentBackBy) return null;
  return (
    <Alert
      tone="warning"
      title={
        <>
          Sent back by <Actor event={{ actor: sentBackBy.actor, actorName: sentBackBy.name }} /> <Time value={sentBackBy.at} />
        </>
      }
    >
      <CommentText text={sentBackBy.reason} />
    </Alert>
  );
}
