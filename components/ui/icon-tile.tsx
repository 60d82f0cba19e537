import type { ReactNode } from "react";

/** An icon on a tile, before the name of an entry. */
export const IconTile = ({ children }: { children: ReactNode }) => (
  <span aria-hidden className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-surface-2 text-text-muted [&_svg]:size-4">
    {children}
  </span>
);
