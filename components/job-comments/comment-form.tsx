"use client";
import { useId, useState } from "react";
import { maxCommentLength } from "#lib/jobs/conversation-limits.ts";
import { Button } from "../ui/button.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useCommentOnJob, useReadAgain } from "./conversation-api.ts";

/** What is typed stays until the comment stands in the list, and after a refusal. */
export function CommentForm({ jobId }: { jobId: string }) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const comment = useCommentOnJob(jobId);
  const readAgain = useReadAgain(jobId);
  const id = useId();
  const over = text.length - maxCommentLength;
  const send = async () => {
    if (text.trim() === "" || over > 0 || sending) return;
    setSending(true);
    try {
      await comment.mutateAsync({ comment: text.trim() });
      await readAgain();
      setText("");
    } catch {
      // Said below.
    } finally {
      setSending(false);
    }
  };
  const problem =
    over > 0 ? `A comment has at most ${maxCommentLength.toLocaleString("en")} characters: ${over.toLocaleString("en")} too many.` : comment.error?.message;
  return (
    <form
      aria-label="Comment"
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        aria-label="Your comment"
        aria-describedby={problem ? id : undefined}
        invalid={problem !== undefined}
        placeholder="Ask or answer something"
        rows={2}
        className="field-sizing-content max-h-60 min-h-16 resize-none"
        value={text}
        readOnly={sending}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p id={id} role={problem ? "alert" : undefined} className={problem ? "text-danger text-note" : "text-text-muted text-xs leading-8"}>
          {problem ?? (over > -200 ? `${text.length.toLocaleString("en")} / ${maxCommentLength.toLocaleString("en")}` : "Cannot be edited once it is sent.")}
        </p>
        <Button type="submit" size="sm" loading={sending} disabled={text.trim() === "" || over > 0}>
          Comment
        </Button>
      </div>
    </form>
  );
}
