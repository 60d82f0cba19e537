import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Code } from "./ui/code.tsx";

export const ConnectionName = ({ connection }: { connection: JobDetails["connection"] }) => (
  <>
    {connection.name} <Code className="text-text-muted">{connection.endpoint}</Code>
  </>
);
