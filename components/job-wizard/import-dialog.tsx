"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { RoleView } from "#lib/connections/connection-views.ts";
import type { Issue } from "#lib/errors.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { toast } from "../ui/toast.ts";
import type { Draft } from "./draft.ts";
import { draftOfJson } from "./draft-of-json.ts";
import { withManifest } from "./manifest-lookup.ts";
import { newToken } from "./new-token.ts";

interface ImportDialogProps {
  roles: readonly RoleView[];
  onDraft: (draft: Draft) => void;
  onClose: () => void;
}

/** Takes a job in JSON. Mounted while open. */
export default function ImportDialog({ roles, onDraft, onClose }: ImportDialogProps) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<readonly Issue[]>([]);
  /** The keyboard then goes to what is to be mended. */
  const filled = useRef(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const fill = useMutation({
    mutationFn: async () => {
      const imported = draftOfJson(text, roles, newToken());
      return imported.problems ? imported : { ...imported, draft: await withManifest(client, imported.draft) };
    },
    onSuccess: (imported) => {
      if (imported.problems) {
        setProblems(imported.problems);
        area.current?.focus();
        return;
      }
      filled.current = true;
      onClose();
      onDraft(imported.draft);
      if (imported.leftOut.length === 0) return;
      const description = `This form has no field for ${imported.leftOut.join(", ")}. Create the job by the API to keep what it says.`;
      toast.warning("Not all of the job was taken over", { description, duration: Number.POSITIVE_INFINITY, closeButton: true });
    },
  });
  const [first, ...further] = problems;
  return (
    <Dialog
      open
      sticky
      returnsFocus={() => !filled.current}
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title="Import JSON"
      description="A job as CreateJob takes it: from this form’s last step, from a job’s page, or of the AWS CLI’s --cli-input-json. You look at all of it before it is made."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={fill.isPending} onClick={() => fill.mutate()}>
            Fill in the form
          </Button>
        </>
      }
    >
      <Field
        label="Job in JSON"
        required
        htmlFor="import-json"
        error={first && wordsOf(first)}
        help="Its manifest is looked up as it is now, and the draft that is open is kept under Drafts."
      >
        <Textarea
          ref={area}
          id="import-json"
          mono
          rows={14}
          spellCheck={false}
          placeholder={'{\n  "Operation": { "S3PutObjectTagging": { "TagSet": [{ "Key": "team", "Value": "data" }] } },\n  …\n}'}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblems([]);
          }}
        />
      </Field>
      {further.length > 0 && (
        <ul aria-label="Further problems" className="mt-3 flex list-disc flex-col gap-1 pl-5 text-danger text-note">
          {further.slice(0, 9).map((issue) => (
            <li key={issue.path + issue.message}>
              <Code>
                <SafeText text={issue.path || "The job"} />
              </Code>
              : <SafeText text={issue.message} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

const wordsOf = ({ path, message }: Issue): string => (path === "" ? message : `${path}: ${message}`);
