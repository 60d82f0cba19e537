"use client";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row-link]")];

/** The row that has the focus, in whatever of its controls. */
const rowNow = (): Element | null => document.activeElement?.closest("[data-job]") ?? null;

/** Moves the focus itself, to a row's link: what is read out, outlined and opened by Enter is then the browser's own. */
function move(by: 1 | -1): void {
  const all = links();
  const row = rowNow();
  const at = all.findIndex((link) => row?.contains(link));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.closest("[data-job]")?.scrollIntoView({ block: "nearest" });
}

interface RowKeys {
  /** Chooses a row or not; absent where nobody may. */
  toggle: ((id: string, range: boolean) => void) | null;
  clear: () => void;
}

/** `j k x X Escape` on the list's rows. */
export function useRowKeys({ toggle, clear }: RowKeys): void {
  const choose = (range: boolean) => {
    const id = rowNow()?.getAttribute("data-job");
    if (id && toggle) toggle(id, range);
  };
  const group = "List of jobs";
  useShortcuts([
    { keys: "j", label: "Next row", group, run: () => move(1) },
    { keys: "k", label: "Row before", group, run: () => move(-1) },
    // The browser opens a link that has the focus: listed for the help.
    { keys: "Enter", label: "Open the row", group, run: () => (document.activeElement as HTMLElement | null)?.click() },
    ...(toggle
      ? [
          { keys: "x", label: "Choose the row, or not", group, run: () => choose(false) },
          { keys: "X", label: "Choose from the last row to this one", group, run: () => choose(true) },
          { keys: "Escape", label: "Choose none", group, run: clear },
        ]
      : []),
  ]);
}
