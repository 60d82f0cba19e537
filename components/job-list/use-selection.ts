"use client";
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";

/** The jobs from the last one that was chosen to this one, both included; only this one where the last is not there. */
export function rangeOf(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(to)];
  return start === -1 || end === -1 ? [to] : ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}

export interface Selection {
  chosen: ReadonlySet<string>;
  /** The same as the rows show it, a moment later where they are many: what is done with the chosen jobs need not wait for a hundred of them. */
  drawn: ReadonlySet<string>;
  /** @param range from the last one that was chosen on */
  toggle: (id: string, range: boolean) => void;
  /** All of the page, or none of it. */
  togglePage: () => void;
  set: (ids: readonly string[]) => void;
  clear: () => void;
}

/**
 * Which jobs are chosen. They stay so over pages; another filter begins anew, since nobody should change what they do not see.
 * @param ids of the page, in its order
 */
export function useSelection(ids: readonly string[], filters: string): Selection {
  const [state, setState] = useState<{ filters: string; chosen: ReadonlySet<string> }>({ filters, chosen: new Set() });
  const last = useRef<string | null>(null);
  // What is on the screen, not what is being prepared to take its place: nobody should change what they do not see.
  const page = useRef(ids);
  useLayoutEffect(() => {
    page.current = ids;
  });
  if (state.filters !== filters) setState({ filters, chosen: new Set() });
  const actions = useMemo(() => {
    const change = (next: (chosen: Set<string>) => void) =>
      setState((now) => {
        const chosen = new Set(now.chosen);
        next(chosen);
        return { ...now, chosen };
      });
    return {
      toggle: (id: string, range: boolean) => {
        const some = range ? rangeOf(page.current, last.current, id) : [id];
        last.current = id;
        change((chosen) => {
          const on = !chosen.has(id);
          for (const one of some)
            if (on) chosen.add(one);
            else chosen.delete(one);
        });
      },
      togglePage: () => {
        const shown = page.current;
        change((chosen) => {
          const all = shown.every((id) => chosen.has(id));
          for (const id of shown)
            if (all) chosen.delete(id);
            else chosen.add(id);
        });
      },
      set: (some: readonly string[]) => setState((now) => ({ ...now, chosen: new Set(some) })),
      clear: () => setState((now) => ({ ...now, chosen: new Set() })),
    };
  }, []);
  return { chosen: state.chosen, drawn: useDeferredValue(state.chosen), ...actions };
}
