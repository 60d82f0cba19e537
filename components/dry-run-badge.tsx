import { Badge } from "./ui/badge.tsx";

/** Beside the status of a job that changes nothing; nothing beside any other. */
export const DryRunBadge = ({ job }: { job: { dryRun: boolean } }) =>
  job.dryRun && (
    <span title="Its tasks only read, and report what they would change" className="inline-flex">
      <Badge tone="info">Dry run</Badge>
    </span>
  );
