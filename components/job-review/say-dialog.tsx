"use client";
import { useState } from "react";
import { maxCommentLength } from "#lib/jobs/conversation-limits.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { toast } from "../ui/toast.ts";

export interface SayDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  label: string;
  /** Where nothing was written. */
  missing: string;
  /** What the button does. */
  verb: string;
  done: string;
  refused: string;
  send: (text: string) => Promise<unknown>;
}

/** A decision that is said in words. What was typed survives a refusal. */
export function SayDialog({ open, onClose, title, description, label, missing, verb, done, refused, send }: SayDialogProps) {
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const over = text.length > maxCommentLength;
  const error = over ? `Has at most ${maxCommentLength.toLocaleString("en")} characters` : tried && text.trim() === "" ? missing : undefined;
  const close = () => {
    setFailure(null);
    setTried(false);
    onClose();
  };
  const submit = async () => {
    setTried(true);
    if (text.trim() === "" || over || sending) return;
    setSending(true);
    setFailure(null);
    try {
      await send(text.trim());
      toast.success(done);
      setText("");
      close();
    } catch (problem) {
      setFailure((problem as Error).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      size="sm"
      sticky={text !== ""}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={close}>Not now</Button>
          <Button variant="primary" loading={sending} onClick={() => void submit()}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {failure !== null && (
          <Alert tone="danger" title={refused}>
            {failure}
          </Alert>
        )}
        <Field
          label={label}
          required
          error={error}
          aside={text.length > maxCommentLength - 200 ? `${text.length.toLocaleString("en")} / ${maxCommentLength.toLocaleString("en")}` : undefined}
        >
          <Textarea rows={4} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
