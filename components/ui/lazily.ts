import { useEffect, useSyncExternalStore } from "react";
import { loadFailure } from "./load-failure.ts";

/** After the page has loaded, when the browser has nothing better to do. @returns gives up */
export function whenIdle(act: () => void): () => void {
  let idle: ReturnType<typeof requestIdleCallback> | ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    // Safari has no such callback.
    idle = typeof requestIdleCallback === "function" ? requestIdleCallback(act, { timeout: 2_000 }) : setTimeout(act, 200);
  };
  if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { once: true });
  return () => {
    window.removeEventListener("load", wait);
    if (idle === undefined) return;
    if (typeof cancelIdleCallback === "function") cancelIdleCallback(idle as number);
    else clearTimeout(idle);
  };
}

/** Code that no first load carries. */
export interface Lazy<Module> {
  /**
   * Fetches it, once; what could not be fetched is fetched again at the next call.
   * @param needed somebody waits for it, and is told when it does not come
   */
  ask: (needed?: boolean) => void;
  current: () => Module | null;
  subscribe: (listener: () => void) => () => void;
}

export function lazily<Module>(load: () => Promise<Module>): Lazy<Module> {
  let module: Module | null = null;
  let asked = false;
  let awaited = false;
  const listeners = new Set<() => void>();
  const take = (loaded: Module) => {
    module = loaded;
    if (awaited) loadFailure.set(false);
    for (const notify of listeners) notify();
  };
  const ask = (needed = false) => {
    awaited ||= needed;
    if (asked) return;
    asked = true;
    load().then(take, () => {
      asked = false;
      if (awaited) loadFailure.set(true);
    });
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { ask, subscribe, current: () => module };
}

/**
 * Null until the code has come: that is when the page is idle, or earlier when somebody asks.
 * @param now it is needed, not merely likely to be
 */
export function useLazy<Module>({ ask, subscribe, current }: Lazy<Module>, now = false): Module | null {
  useEffect(() => {
    if (!now) return whenIdle(() => ask());
    ask(true);
  }, [ask, now]);
  return useSyncExternalStore(subscribe, current, () => null);
}
