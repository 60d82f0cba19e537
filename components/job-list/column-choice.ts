"use client";
import { useSyncExternalStore } from "react";
import { type JobSort, jobSorts } from "#lib/jobs/job-sorts.ts";

/** What a person has not chosen columns sees. */
export const usualColumns: readonly JobSort[] = ["status", "description", "operation", "totalTasks", "percent", "failedTasks", "priority", "createdAt"];

const storageKey = "longshore.jobs.columns";

/** What was stored, as columns: unknown and repeated names are left out, and a list always has descriptions, which lead to the jobs. */
export function readColumns(stored: string | null): readonly JobSort[] {
  if (stored === null) return usualColumns;
  const names = stored.split(",");
  const known = jobSorts.filter((name) => names.includes(name)).sort((a, b) => names.indexOf(a) - names.indexOf(b));
  return known.includes("description") ? known : known.length === 0 ? usualColumns : ["description", ...known];
}

const listeners = new Set<() => void>();
let stored: string | null = null;
let chosen = usualColumns;

/** Storage may be forbidden: then the choice lasts as long as the page. */
function snapshot(): readonly JobSort[] {
  let now = stored;
  try {
    now = localStorage.getItem(storageKey);
  } catch {}
  if (now !== stored) {
    stored = now;
    chosen = readColumns(now);
  }
  return chosen;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** @param columns null: the usual ones again */
function choose(columns: readonly JobSort[] | null): void {
  try {
    if (columns === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, columns.join(","));
  } catch {
    stored = columns === null ? null : columns.join(",");
    chosen = readColumns(stored);
  }
  for (const listener of listeners) listener();
}

/** The columns that this browser shows, in their order. */
export const useColumns = (): { columns: readonly JobSort[]; choose: typeof choose } => ({
  columns: useSyncExternalStore(subscribe, snapshot, () => usualColumns),
  choose,
});
