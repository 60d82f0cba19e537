import { conversationTypes } from "#lib/jobs/conversation-limits.ts";
import type { JobDetails, JobEventView } from "#lib/jobs/job-views.ts";

type Told = Pick<JobDetails, "events" | "createdAt" | "createdBy">;

/** Why the job is wanted, as whoever made it wrote then; null where nothing was written. */
export const noteOf = ({ events, createdAt }: Told): JobEventView | null => events.find((event) => event.type === "comment" && event.at === createdAt) ?? null;

/** What was said since, the oldest first. */
export function saidSince(job: Told): JobEventView[] {
  const note = noteOf(job);
  return job.events.filter((event) => event !== note && (conversationTypes as readonly string[]).includes(event.type));
}

/** Who made it; an event of the timeline where that is still there, since it knows the e-mail too. */
export function madeBy({ events, createdBy }: Told): Pick<JobEventView, "actor" | "actorName"> | null {
  const created = events.find((event) => event.type === "create");
  if (created) return created;
  return createdBy === null ? null : { actor: createdBy, actorName: null };
}
