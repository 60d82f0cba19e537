"use client";
import type { ReactNode } from "react";

/** Stays in sight at the bottom of the page, so that the decision is never a search. */
export const DecisionBar = ({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) => (
  <div className="sticky bottom-0 z-10 -mx-4 -mb-6 border-border border-t bg-bg/95 px-4 py-3 backdrop-blur-sm md:-mx-8 md:-mb-8 md:px-8">
    <form
      noValidate
      aria-label="Decision"
      className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  </div>
);
