import type { Task } from "#lib/operations/operation.ts";
import { SafeText } from "./safe-text.tsx";

/** `s3://bucket/key`, and its version where the manifest names one. */
export const ObjectName = ({ task }: { task: { bucket: string; key: string; versionId?: Task["versionId"] | null } }) => (
  <span className="font-mono text-note [overflow-wrap:anywhere]">
    <span className="text-text-muted">
      s3://
      <SafeText text={task.bucket} />/
    </span>
    <SafeText text={task.key} max={120} />
    {task.versionId && (
      <span className="text-text-muted">
        {" @ "}
        <SafeText text={task.versionId} max={40} />
      </span>
    )}
  </span>
);
