import { cn } from "./cn.ts";

/** Holds the place of what is being loaded. */
export const Skeleton = ({ className }: { className?: string }) => <div aria-hidden className={cn("h-4 animate-pulse rounded-md bg-surface-3", className)} />;
