import type { JobEventView } from "#lib/jobs/job-views.ts";
import { SafeText } from "./safe-text.tsx";

/** Who did it: by name where it is known, with the e-mail on hover, since two people may have one name. */
export const Actor = ({ event: { actor, actorName } }: { event: Pick<JobEventView, "actor" | "actorName"> }) => (
  <span title={actorName === null ? undefined : actor}>
    <SafeText text={actorName ?? actor} />
  </span>
);
