"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { matchKeys, sequenceMs } from "./match-keys.ts";
import { type Shortcut, shortcutsNow, useShortcuts } from "./use-shortcuts.ts";

const ShortcutHelp = dynamic(() => import("./shortcut-help.tsx").then((module) => module.ShortcutHelp), { ssr: false });

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(textarea|select)$/i.test(target.tagName) ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type)));

/** Keys are for what is open above the page: a dialog, a menu, a list to choose from. */
const isCovered = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;

/** Listens to the shortcuts of every screen, and has those that work everywhere. */
export function Shortcuts() {
  const router = useRouter();
  const [help, setHelp] = useState<Shortcut[] | null>(null);
  useShortcuts([
    { keys: "?", label: "Show these shortcuts", group: "Everywhere", run: () => setHelp(shortcutsNow()) },
    { keys: "g h", label: "Go home", group: "Everywhere", run: () => router.push("/") },
    { keys: "g j", label: "Go to the jobs", group: "Everywhere", run: () => router.push("/jobs") },
  ]);
  useEffect(() => {
    let waiting = "";
    let since = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || isCovered()) return;
      const now = shortcutsNow();
      const known = now.map((shortcut) => shortcut.keys);
      const match = matchKeys(event.timeStamp - since > sequenceMs ? "" : waiting, event.key, known);
      waiting = match.waiting;
      since = event.timeStamp;
      if (match.meant === null) return;
      event.preventDefault();
      now.findLast((shortcut) => shortcut.keys === match.meant)?.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  return help && <ShortcutHelp shortcuts={help} onClose={() => setHelp(null)} />;
}
