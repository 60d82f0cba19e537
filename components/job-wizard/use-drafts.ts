"use client";
import { useCallback, useEffect, useState } from "react";
import { toastUndo } from "../ui/toast.ts";
import { draftName } from "./draft-name.ts";
import { listDrafts, removeDraft, type StoredDraft, writeDraft } from "./draft-store.ts";

/** The person's other drafts in this browser, the one that was changed last first. */
export function useDrafts(owner: string, currentId: string): { others: StoredDraft[]; remove: (stored: StoredDraft) => void } {
  const [drafts, setDrafts] = useState<StoredDraft[]>([]);
  const read = useCallback(() => setDrafts(safely(() => listDrafts(window.localStorage, owner)) ?? []), [owner]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another draft at hand, the one before is among the others
  useEffect(() => {
    read();
    window.addEventListener("storage", read);
    return () => window.removeEventListener("storage", read);
  }, [read, currentId]);
  return {
    others: drafts.filter(({ id }) => id !== currentId),
    remove: (stored) => {
      safely(() => removeDraft(window.localStorage, stored.id));
      read();
      const undo = () => {
        safely(() => writeDraft(window.localStorage, stored));
        read();
      };
      toastUndo("The draft was deleted", undo, { description: draftName(stored.draft) });
    },
  };
}

/** A browser may refuse storage. */
function safely<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
