import type { JobStatus } from "#lib/db/generated/enums.ts";
import { statusWords } from "./job-status.ts";
import { Badge } from "./ui/badge.tsx";

export function JobStatusBadge({ status }: { status: JobStatus }) {
  const { label, tone, meaning } = statusWords(status);
  return (
    <span title={meaning} className="inline-flex">
      <Badge tone={tone} dot>
        {label}
      </Badge>
    </span>
  );
}
