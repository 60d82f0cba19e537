import { cn } from "../ui/cn.ts";
import { Skeleton } from "../ui/skeleton.tsx";

/** As high as the rows that take its place: by the width of the page, which the server does not know. */
export const ListSkeleton = () => (
  <div role="status" aria-label="Reading the jobs" className="divide-y divide-border">
    <div className={cn("h-9", onlyWide)} />
    {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
      <div
        key={row}
        className="flex h-32 flex-col justify-center gap-3 px-4 min-[74rem]:h-16 min-[74rem]:flex-row min-[74rem]:items-center min-[74rem]:justify-start min-[74rem]:gap-6 min-[74rem]:px-5"
      >
        <Skeleton className="h-5.5 w-20" />
        <Skeleton className="w-3/4 min-[74rem]:flex-1" />
        <Skeleton className="w-full min-[74rem]:w-28" />
        <Skeleton className={cn("w-36", onlyWide)} />
      </div>
    ))}
  </div>
);

const onlyWide = "max-[74rem]:hidden";
