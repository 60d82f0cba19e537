"use client";
import { Archive, File, Folder } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { SafeText } from "../safe-text.tsx";
import { cn } from "../ui/cn.ts";
import { formatBytes } from "../ui/number.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { visibleText } from "../visible-text.ts";
import type { Entry } from "./entries.ts";

const icons = { bucket: Archive, folder: Folder, object: File };

export interface EntryTableProps {
  label: string;
  entries: readonly Entry[];
  loading: boolean;
  /** Which entries can be chosen; others are opened or only shown. */
  pickable: "object" | "bucket" | "prefix";
  picked: string | null;
  empty: string;
  onOpen: (entry: Entry) => void;
  /** Chosen and done: a double press. */
  onFinish: (entry: Entry) => void;
  /** The arrow up on the first of them. */
  onLeave: () => void;
  /** Backspace: out of this folder. */
  onUp: () => void;
}

/** Names are buttons; the arrow keys, Home and End move between them. */
export function EntryTable({ label, entries, loading, pickable, picked, empty, onOpen, onFinish, onLeave, onUp }: EntryTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Backspace") return onUp();
    const buttons = [...(body.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    if (next < 0) return onLeave();
    buttons[Math.min(Math.max(next, 0), buttons.length - 1)]?.focus();
  };
  return (
    <div className="overflow-hidden rounded-lg border border-border" aria-busy={loading}>
      <table aria-label={label} className="w-full table-fixed text-left">
        <thead className="bg-surface-2 text-text-muted text-xs">
          <tr>
            <th scope="col" className="h-8 px-3 font-medium">
              Name
            </th>
            <th scope="col" className="w-24 px-3 text-right font-medium">
              Size
            </th>
            <th scope="col" className="w-36 px-3 font-medium max-sm:hidden">
              {label === "Buckets" ? "Created" : "Last modified"}
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move} className="divide-y divide-border">
          {loading && entries.length === 0 && <Loading />}
          {!loading && entries.length === 0 && (
            <tr>
              <td colSpan={3} className="px-3 py-10 text-center text-text-muted">
                {empty}
              </td>
            </tr>
          )}
          {entries.map((entry) => (
            <EntryRow
              key={entry.kind + entry.path}
              entry={entry}
              picked={picked === entry.path && canPick(entry, pickable)}
              choice={canPick(entry, pickable)}
              disabled={entry.kind === "object" && pickable !== "object"}
              onOpen={onOpen}
              onFinish={onFinish}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const canPick = (entry: Entry, pickable: EntryTableProps["pickable"]): boolean => entry.kind === pickable;

interface EntryRowProps {
  entry: Entry;
  picked: boolean;
  /** A press chooses it instead of opening it. */
  choice: boolean;
  disabled: boolean;
  onOpen: (entry: Entry) => void;
  onFinish: (entry: Entry) => void;
}

function EntryRow({ entry, picked, choice, disabled, onOpen, onFinish }: EntryRowProps) {
  const Icon = icons[entry.kind];
  return (
    <tr className={cn(picked ? "bg-accent-soft" : "hover:bg-surface-2")}>
      <td className="p-0">
        <button
          type="button"
          disabled={disabled}
          aria-pressed={choice ? picked : undefined}
          title={visibleText(entry.name)}
          onClick={() => onOpen(entry)}
          onDoubleClick={() => onFinish(entry)}
          className="flex w-full items-center gap-2.5 px-3 py-2 text-left -outline-offset-2 disabled:cursor-default disabled:text-text-muted"
        >
          <Icon aria-hidden className={cn("size-4 shrink-0", entry.kind === "object" ? "text-text-faint" : "text-accent-text")} />
          <SafeText text={entry.name} className="line-clamp-1 min-w-0" />
        </button>
      </td>
      <td className="px-3 text-right text-note text-text-muted tabular-nums">{entry.size === null ? "" : formatBytes(entry.size)}</td>
      <td className="truncate px-3 text-note text-text-muted max-sm:hidden">{entry.date && <Time value={entry.date} />}</td>
    </tr>
  );
}

const Loading = () =>
  [0, 1, 2, 3, 4].map((row) => (
    <tr key={row}>
      <td colSpan={3} className="px-3 py-2.5">
        <Skeleton className={row % 2 ? "w-1/3" : "w-1/2"} />
      </td>
    </tr>
  ));
