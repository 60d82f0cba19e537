"use client";
import { useEffect, useState } from "react";
import { type Draft, draftStorageKey, newDraft, parseDraft } from "./draft.ts";
import { newToken } from "./new-token.ts";

export interface DraftStore {
  /** Null until the browser's storage was read. */
  draft: Draft | null;
  update: (change: (draft: Draft) => Draft) => void;
  /** Forgets the stored draft, once it has become a job. */
  forget: () => void;
}

/** The draft, kept in the browser so that a reload loses nothing. */
export function useDraft(): DraftStore {
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => setDraft(parseDraft(readStored()) ?? newDraft(newToken())), []);
  useEffect(() => {
    if (draft) writeStored(JSON.stringify(draft));
  }, [draft]);
  return { draft, update: (change) => setDraft((now) => (now ? change(now) : now)), forget: () => writeStored(null) };
}

/** A browser may refuse storage: the wizard then works without keeping a draft. */
function readStored(): string | null {
  try {
    return localStorage.getItem(draftStorageKey);
  } catch {
    return null;
  }
}

function writeStored(text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(draftStorageKey);
    else localStorage.setItem(draftStorageKey, text);
  } catch {
    // Nothing to keep it in.
  }
}
