import type { JobStatus } from "#lib/db/generated/enums.ts";
import { statusWords } from "./job-status.ts";
import { Badge } from "./ui/badge.tsx";

/** @param sentBack the job awaits confirmation, and has to be changed or asked for again first */
export function JobStatusBadge({ status, sentBack = false }: { status: JobStatus; sentBack?: boolean }) {
  const { label, tone, meaning } = sentBack ? sentBackWords : statusWords(status);
  return (
    <span title={meaning} className="inline-flex">
      <Badge tone={tone} dot>
        {label}
      </Badge>
    </span>
  );
}

const sentBackWords = {
  label: "Sent back",
  tone: "info",
  meaning: "A reviewer wants the job changed before it runs. It cannot be confirmed until somebody asks again.",
} as const;
