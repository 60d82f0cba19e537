"use client";
import { Dialog } from "../ui/dialog.tsx";
import type { Shortcut } from "./use-shortcuts.ts";

const names: Record<string, string> = { Escape: "Esc", Enter: "Enter", " ": "Space" };

/** What can be done by key on the page that it was asked on. */
export function ShortcutHelp({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose: () => void }) {
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];
  return (
    <Dialog open size="sm" onOpenChange={onClose} title="Keyboard shortcuts" description="Not while you type in a field.">
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 font-medium text-text-muted text-xs">{group}</h3>
            <dl className="divide-y divide-border">
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, label }) => (
                  <div key={keys} className="flex items-center justify-between gap-4 py-1.5">
                    <dt>{label}</dt>
                    <dd className="flex shrink-0 items-center gap-1">
                      {keys.split(" ").map((key, index) => (
                        <kbd
                          // biome-ignore lint/suspicious/noArrayIndexKey: keys have no identity but their place
                          key={index}
                          className="min-w-6 rounded border border-border-strong bg-surface-2 px-1.5 text-center font-mono text-text-muted text-xs leading-5"
                        >
                          {names[key] ?? key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
