"use client";
import { FileClock, Trash2 } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { visibleText } from "../visible-text.ts";
import { isTouched, type StepName } from "./draft.ts";
import { draftName } from "./draft-name.ts";
import type { StoredDraft } from "./draft-store.ts";
import { draftParsers } from "./use-draft.ts";
import type { useDrafts } from "./use-drafts.ts";
import type { Wizard } from "./use-wizard.ts";

type Drafts = ReturnType<typeof useDrafts>;

const places: Record<StepName, string> = { manifest: "at the manifest", operation: "at the operation", options: "at its options", review: "at its review" };

function useResume(): (stored: StoredDraft) => void {
  const [, setUrl] = useQueryStates(draftParsers);
  return ({ id, step }) => void setUrl({ draft: id, step }, { history: "push" });
}

/** How many there are, and the list of them. */
export function DraftsButton({ drafts }: { drafts: Drafts }) {
  const [open, setOpen] = useState(false);
  const resume = useResume();
  if (drafts.others.length === 0 && !open) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FileClock aria-hidden />
        Drafts ({formatNumber(drafts.others.length)})
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Drafts"
        description="Jobs that you have begun in this browser. They are kept here until they become jobs, or you delete them."
      >
        {drafts.others.length === 0 ? (
          <p className="py-6 text-center text-text-muted">No drafts besides the one that is open.</p>
        ) : (
          <ul className="-my-1 divide-y divide-border">
            {drafts.others.map((stored) => (
              <li key={stored.id} className="flex items-center gap-2 py-2">
                <div className="min-w-0 flex-1">
                  <SafeText text={draftName(stored.draft)} className="line-clamp-2 font-medium" />
                  <p className="text-note text-text-muted">
                    <Time value={stored.savedAt} />, {places[stored.step]}
                  </p>
                </div>
                <Button
                  size="sm"
                  aria-label={`Resume ${visibleText(draftName(stored.draft))}`}
                  onClick={() => {
                    setOpen(false);
                    resume(stored);
                  }}
                >
                  Resume
                </Button>
                <IconButton size="sm" label={`Delete ${visibleText(draftName(stored.draft))}`} onClick={() => drafts.remove(stored)}>
                  <Trash2 aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
}

/** Above a wizard in which nothing was typed yet: the job that was begun last. */
export function UnfinishedDraft({ wizard, drafts }: { wizard: Wizard; drafts: Drafts }) {
  const resume = useResume();
  const newest = drafts.others[0];
  if (wizard.unkept) {
    return (
      <Alert tone="warning" title="This browser keeps no drafts" className="mb-5 max-w-4xl">
        It has no room for them, or does not allow it: what you type here is lost when you leave the page.
      </Alert>
    );
  }
  if (!newest || isTouched(wizard.draft)) return null;
  return (
    <Alert
      className="mb-5"
      title={
        <>
          You have begun “<SafeText text={draftName(newest.draft)} />”
        </>
      }
      actions={
        <Button size="sm" onClick={() => resume(newest)}>
          Resume it
        </Button>
      }
    >
      <Time value={newest.savedAt} />, {places[newest.step]}.
      {drafts.others.length > 1 && ` The rest is under “Drafts (${formatNumber(drafts.others.length)})”.`}
    </Alert>
  );
}
