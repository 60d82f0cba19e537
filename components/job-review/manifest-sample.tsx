import type { JobDetails } from "#lib/jobs/job-views.ts";
import { ObjectName } from "../object-name.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { formatNumber } from "../ui/number.tsx";

/** The manifest's first rows, as the objects they name: keys decoded. */
export function ManifestSample({ job }: { job: Pick<JobDetails, "manifestSample" | "totalTasks" | "definition"> }) {
  const rest = job.totalTasks - job.manifestSample.length;
  return (
    <Card>
      <CardHeader title={job.definition.ManifestGenerator ? "Some of the objects" : "First objects of the manifest"} />
      <ol className="divide-y divide-border">
        {job.manifestSample.map((task, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a manifest may name an object twice; a row is its number
          <li key={index} className="flex gap-3 px-5 py-2 text-note">
            <span className="w-5 shrink-0 text-right text-text-faint tabular-nums leading-5">{index + 1}</span>
            <span className="min-w-0">
              <ObjectName task={task} />
            </span>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className="border-border border-t px-5 py-2.5 text-note text-text-muted">and {formatNumber(rest)} more</p>}
    </Card>
  );
}
