import Link from "next/link";
import type { ReactNode } from "react";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { JobTitle } from "../job-title.tsx";
import { Card, CardHeader } from "../ui/card.tsx";

interface HomeCardProps<Job> {
  title: string;
  jobs: readonly Job[];
  /** Said where there is none. */
  calm: string;
  /** The list with all of them; left out where all are here. */
  all?: { href: string; label: string } | null;
  children: (job: Job) => ReactNode;
}

/** A section of the home page: its jobs, or a line that says that there is none. */
export function HomeCard<Job extends JobListItem>({ title, jobs, calm, all, children }: HomeCardProps<Job>) {
  return (
    <Card aria-label={title} className="overflow-hidden">
      <CardHeader
        title={title}
        actions={
          all && (
            <Link href={all.href} className="rounded text-accent-text text-note leading-6 hover:underline">
              {all.label}
            </Link>
          )
        }
      />
      {jobs.length === 0 ? (
        <p className="px-5 py-4 text-text-muted">{calm}</p>
      ) : (
        <ul aria-label={title} className="divide-y divide-border">
          {jobs.map((job) => (
            <li key={job.id} className="relative px-5 py-3.5 transition-colors hover:bg-surface-2">
              {children(job)}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** A job's name, which leads there from anywhere on its row. */
export const RowTitle = ({ job, href }: { job: JobListItem; href: string }) => (
  <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
    <Link href={href} className="line-clamp-2 rounded font-medium after:absolute after:inset-0 after:content-[''] hover:underline [overflow-wrap:anywhere]">
      <JobTitle job={job} />
    </Link>
    <DryRunBadge job={job} />
  </span>
);
