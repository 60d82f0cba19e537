import { z } from "zod";
import { type Draft, draftSchema, isTouched, type StepName, steps } from "./draft.ts";

/** The part of the browser's storage that drafts need. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** One unfinished job, kept in this browser for the person who began it. */
export interface StoredDraft {
  id: string;
  /** E-mail of who began it: another person in the same browser does not see it. */
  owner: string;
  /** ISO 8601. */
  savedAt: string;
  /** Where the person was. */
  step: StepName;
  draft: Draft;
}

/** The number changes with the draft's shape, so that a draft of an older console is left alone instead of misread. */
const prefix = "longshore.draft.3.";
/** Of before there were several. */
const onlyDraftKey = "longshore.job-draft.3";
/** What a person keeps; the oldest ones give way. */
export const maxDrafts = 50;

const storedSchema = z.object({ owner: z.string(), savedAt: z.iso.datetime(), step: z.enum(steps), draft: draftSchema });

function parse(text: string | null): Omit<StoredDraft, "id"> | null {
  try {
    return storedSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

/** @returns null where there is none of this person that can be read */
export function readDraft(storage: DraftStorage, owner: string, id: string): StoredDraft | null {
  const found = parse(storage.getItem(prefix + id));
  return found?.owner === owner ? { id, ...found } : null;
}

/** The person's drafts, the one that was changed last first. */
export function listDrafts(storage: DraftStorage, owner: string): StoredDraft[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").filter((key) => key.startsWith(prefix));
  return keys
    .flatMap((key) => readDraft(storage, owner, key.slice(prefix.length)) ?? [])
    .sort((one, other) => (one.savedAt < other.savedAt ? 1 : one.savedAt > other.savedAt ? -1 : 0));
}

/** @returns whether it is kept: a browser may refuse, or have no room left */
export function writeDraft(storage: DraftStorage, { id, ...stored }: StoredDraft): boolean {
  try {
    storage.setItem(prefix + id, JSON.stringify(stored));
    for (const old of listDrafts(storage, stored.owner).slice(maxDrafts)) storage.removeItem(prefix + old.id);
    return true;
  } catch {
    return false;
  }
}

export function removeDraft(storage: DraftStorage, id: string): void {
  try {
    storage.removeItem(prefix + id);
  } catch {
    // Nothing is kept there.
  }
}

/** Takes over the one draft that an older console kept, for whoever opens the wizard first. */
export function adoptOnlyDraft(storage: DraftStorage, owner: string, now: Date): void {
  const text = storage.getItem(onlyDraftKey);
  if (text === null) return;
  try {
    const draft = draftSchema.parse(JSON.parse(text));
    if (isTouched(draft)) writeDraft(storage, { id: draft.token, owner, savedAt: now.toISOString(), step: "manifest", draft });
  } catch {
    // Nobody can read it.
  }
  storage.removeItem(onlyDraftKey);
}

/** Whether a change of this key, made in another tab, is one of the draft. */
export const isKeyOf = (key: string | null, id: string): boolean => key === prefix + id;
