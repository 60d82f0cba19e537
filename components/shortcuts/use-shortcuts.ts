"use client";
import { useEffect, useRef } from "react";

export interface Shortcut {
  /** `KeyboardEvent.key`; "g h" for one after the other. */
  keys: string;
  /** What it does, for the help. */
  label: string;
  /** The heading that it stands under there. */
  group: string;
  run: () => void;
}

/** Of the screens that are there at the moment; what came last goes first. */
const registered = new Set<{ current: readonly Shortcut[] }>();

/** All that is listened to at the moment. */
export const shortcutsNow = (): Shortcut[] => [...registered].flatMap((shortcuts) => shortcuts.current);

/** Has keys do something while the component is there, wherever the focus is but in a field or in a dialog; the help lists them. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    registered.add(latest);
    return () => {
      registered.delete(latest);
    };
  }, []);
}
