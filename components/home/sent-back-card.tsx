import type { Home } from "#lib/home/home-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Time } from "../ui/time.tsx";
import { HomeCard, RowTitle } from "./home-card.tsx";

/** The person's own jobs that a reviewer wants changed, and why. */
export const SentBackCard = ({ sentBack }: { sentBack: Home["sentBack"] }) => (
  <HomeCard
    title="Sent back to you"
    jobs={sentBack.jobs}
    calm="No job of yours was sent back."
    all={sentBack.more ? { href: "/jobs?status=Suspended", label: "All" } : null}
  >
    {(job) => (
      <>
        <div className="flex items-baseline justify-between gap-3">
          <RowTitle job={job} href={`/jobs/${job.id}/review`} />
          <Time value={job.at} className="shrink-0 whitespace-nowrap text-text-muted text-xs" />
        </div>
        <p className="mt-0.5 line-clamp-3 text-text-muted [overflow-wrap:anywhere]">
          <SafeText text={job.by} />: “<SafeText text={job.reason} />”
        </p>
      </>
    )}
  </HomeCard>
);
