"use client";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { lazily, useLazy } from "../ui/lazily.ts";
import { Skeleton } from "../ui/skeleton.tsx";

const parts = lazily(() => import("./configuration-sections.tsx"));

/** Everything that was chosen when the job was made, in the wizard's order. The words of all operations come after the page's first load. */
export function ConfigurationList({ job }: { job: JobDetails }) {
  const loaded = useLazy(parts, true);
  if (loaded) return <loaded.ConfigurationSections job={job} />;
  return (
    <div aria-busy className="flex flex-col gap-3">
      {["w-2/3", "w-1/2", "w-3/4", "w-2/5"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
