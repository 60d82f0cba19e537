"use client";
import { useSyncExternalStore } from "react";
import { Button } from "./button.tsx";
import { loadFailure } from "./load-failure.ts";

/** Says that a press could do nothing, since its code did not come: once on a page. It is of the first load, for nothing else can be fetched then. */
export function LoadFailureNotice() {
  const failed = useSyncExternalStore(loadFailure.subscribe, loadFailure.current, () => false);
  return (
    <div role="alert">
      {failed && (
        <div className="fixed inset-x-4 top-4 z-50 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-lg border border-border-strong bg-overlay p-4 shadow-overlay print:hidden">
          <p className="min-w-48 flex-1">
            Part of this page could not be fetched. Try again once the console can be reached; if it was updated meanwhile, reload the page.
          </p>
          <Button size="sm" onClick={() => window.location.reload()}>
            Reload
          </Button>
          <Button size="sm" variant="ghost" onClick={() => loadFailure.set(false)}>
            Not now
          </Button>
        </div>
      )}
    </div>
  );
}
