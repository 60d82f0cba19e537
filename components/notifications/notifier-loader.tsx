"use client";
import { lazily, useLazy } from "../ui/lazily.ts";

const notifier = lazily(() => import("./browser-notifier.tsx"));

/** Nothing is told before the page stands: what listens for news comes after its first load. */
export function BrowserNotifier() {
  const loaded = useLazy(notifier);
  return loaded && <loaded.BrowserNotifier />;
}
