"use client";

/** Leads the keyboard past the navigation. The address stays: one with a hash is none of the router's, which could not come back to it. */
export const SkipLink = () => (
  // biome-ignore lint/a11y/useValidAnchor: it leads to a place of the page, as a link does that skips
  <a
    href="#main"
    onClick={(event) => {
      event.preventDefault();
      document.getElementById("main")?.focus();
    }}
    className="sr-only z-50 rounded-lg bg-accent px-4 py-2 font-medium text-accent-fg focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
  >
    Skip to the content
  </a>
);
