"use client";
import { useLazy } from "./lazily.ts";
import { toasterParts } from "./toast.ts";

/** Where toasts appear: once on a page. */
export function Toaster() {
  const loaded = useLazy(toasterParts);
  return loaded && <loaded.ToasterRoot />;
}
