import { Skeleton } from "../ui/skeleton.tsx";

/** As high as the rows that take its place. */
export const ListSkeleton = ({ wide }: { wide: boolean }) => (
  <div role="status" aria-label="Reading the jobs" className="divide-y divide-border">
    {wide && <div className="h-9" />}
    {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
      <div key={row} className={wide ? "flex h-16 items-center gap-6 px-5" : "flex h-32 flex-col justify-center gap-3 px-4"}>
        <Skeleton className="h-5.5 w-20" />
        <Skeleton className={wide ? "flex-1" : "w-3/4"} />
        <Skeleton className={wide ? "w-28" : "w-full"} />
        {wide && <Skeleton className="w-36" />}
      </div>
    ))}
  </div>
);
