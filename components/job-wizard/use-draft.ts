"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { browserStorage } from "../browser-storage.ts";
import { toast } from "../ui/toast.ts";
import { type Draft, isTouched, newDraft, steps } from "./draft.ts";
import { adoptOnlyDraft, isKeyOf, readDraft, removeDraft, type StoredDraft, writeDraft } from "./draft-store.ts";
import { newToken } from "./new-token.ts";

interface Current {
  id: string;
  draft: Draft;
}

export interface DraftStore {
  /** Null until the browser's storage was read. */
  draft: Draft | null;
  id: string | null;
  update: (change: (draft: Draft) => Draft) => void;
  /** Begins another one; what was there stays among the drafts. @returns its id */
  begin: (draft: Draft) => string;
  /** Takes the present one out of the drafts: it has become a job, or nobody wants it. */
  forget: () => void;
  /** Puts one back that was taken out, as it was. */
  restore: (stored: Current) => void;
  /** The browser keeps no draft, or has no room: what is typed is lost with the page. */
  unkept: boolean;
}

/** What of the address says which draft is open, and where. */
export const draftParsers = { draft: parseAsString, step: parseAsStringLiteral(steps).withDefault("manifest") };
const fresh = (): Current => ({ id: newToken(), draft: newDraft(newToken()) });

/** The draft that the address names, kept in the browser with every change; a new one where it names none. */
export function useDraft(owner: string): DraftStore {
  const [current, setCurrent] = useState<Current | null>(null);
  const [unkept, setUnkept] = useState(false);
  const [{ draft: wanted, step }, setUrl] = useQueryStates(draftParsers);
  /** What the address said when it was last followed, or was told by us. */
  const followed = useRef<string | null | undefined>(undefined);
  const forgotten = useRef<string | null>(null);
  const storage = useRef<Storage | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is followed when it changes, and not when we have changed it
  useEffect(() => {
    if (followed.current === undefined) {
      storage.current = browserStorage();
      if (storage.current) adoptOnlyDraft(storage.current, owner, new Date());
    }
    if (followed.current === wanted) return;
    followed.current = wanted;
    const found = wanted === null || storage.current === null ? null : readDraft(storage.current, owner, wanted);
    setCurrent(found ? { id: found.id, draft: found.draft } : fresh());
    if (wanted === null || found) return;
    followed.current = null;
    void setUrl({ draft: null }, { history: "replace" });
    const description = "It has become a job, was deleted, or was begun elsewhere. Here is an empty one.";
    toast.info("This draft is no longer in this browser", { id: "draft-gone", description });
  }, [wanted]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is kept when it, or the step that it is at, changes
  useEffect(() => {
    if (!current || forgotten.current === current.id) return;
    if (!isTouched(current.draft)) {
      if (wanted === current.id && storage.current) removeDraft(storage.current, current.id);
      return;
    }
    const stored: StoredDraft = { ...current, owner, savedAt: new Date().toISOString(), step };
    const kept = storage.current !== null && writeDraft(storage.current, stored);
    setUnkept(!kept);
    if (!kept || wanted === current.id) return;
    followed.current = current.id;
    void setUrl({ draft: current.id }, { history: "replace" });
  }, [current, step]);

  // What another tab does to the same draft is not overwritten with what this one remembers.
  useEffect(() => {
    if (!current) return;
    const follow = (event: StorageEvent) => {
      if (!isKeyOf(event.key, current.id) || event.newValue === null || storage.current === null) return;
      const other = readDraft(storage.current, owner, current.id);
      if (other && JSON.stringify(other.draft) !== JSON.stringify(current.draft)) setCurrent({ id: other.id, draft: other.draft });
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, [current, owner]);

  const turnTo = (next: Current) => {
    followed.current = null;
    setCurrent(next);
    void setUrl({ draft: null }, { history: "replace" });
  };
  // Between the address naming another draft and that one being read, there is none: the step of the address is not the old one's.
  const shown = wanted !== null && wanted !== current?.id && wanted !== followed.current ? null : current;
  return {
    draft: shown?.draft ?? null,
    id: shown?.id ?? null,
    update: (change) => setCurrent((now) => (now ? { ...now, draft: change(now.draft) } : now)),
    begin: (draft) => {
      const id = newToken();
      turnTo({ id, draft });
      return id;
    },
    forget: () => {
      if (!current) return;
      forgotten.current = current.id;
      if (storage.current) removeDraft(storage.current, current.id);
    },
    restore: (stored) => {
      forgotten.current = null;
      turnTo(stored);
    },
    unkept,
  };
}
