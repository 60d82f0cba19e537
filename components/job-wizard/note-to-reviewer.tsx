"use client";
import Link from "next/link";
import type { Issue } from "#lib/errors.ts";
import { maxCommentLength } from "#lib/jobs/conversation-limits.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { StepProps } from "./step-props.ts";

/** Whether the issue is shown here, and nowhere else on the step. */
export const isOfNote = ({ path }: Issue): boolean => path === "Note" || path === "Replaces";

/** What goes from the operator to the reviewer beside the job itself: why it is wanted, and which job it takes the place of. */
export function NoteToReviewer({ draft, update, issues }: Pick<StepProps, "draft" | "update" | "issues">) {
  const refused = issues.find(({ path }) => path === "Replaces");
  const length = draft.note.trim().length;
  const keepBoth = () => update((now) => ({ ...now, replaces: null }));
  return (
    <>
      {draft.replaces !== null && (
        <Alert
          tone={refused ? "danger" : "info"}
          title={refused ? "That job is not replaced" : "This job takes the place of another one"}
          actions={
            <>
              <Button size="sm" onClick={keepBoth}>
                {refused ? "Create it without replacing" : "Keep both"}
              </Button>
              <Link href={`/jobs/${draft.replaces}`} className="self-center font-medium text-accent-text text-note hover:underline">
                Look at that job
              </Link>
            </>
          }
        >
          {refused?.message ?? "When you create it, the job that you are changing is cancelled."}
        </Alert>
      )}
      <Card>
        <CardBody>
          <Field
            label="Note to the reviewer"
            help="Why this job is wanted, and what to look at. It stands in the review and cannot be edited afterwards."
            aside={length > maxCommentLength - 200 ? `${length.toLocaleString("en")} / ${maxCommentLength.toLocaleString("en")}` : undefined}
            error={
              length > maxCommentLength
                ? `has at most ${maxCommentLength.toLocaleString("en")} characters`
                : issues.find(({ path }) => path === "Note")?.message
            }
          >
            <Textarea rows={3} value={draft.note} onChange={(event) => update((now) => ({ ...now, note: event.target.value }))} />
          </Field>
        </CardBody>
      </Card>
    </>
  );
}
