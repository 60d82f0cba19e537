import type { Connection } from "../db/generated/client.ts";
import type { S3Target } from "../s3/connect-s3.ts";
import { targetOf } from "../s3/connection-client.ts";

/** What a probe needs of a connection: its own keys, and its work area. */
export interface ProbeTarget extends S3Target {
  connectionId: string;
  workBucket: string;
  workPrefix: string;
}

export const probeTargetOf = (connection: Connection): ProbeTarget => ({
  ...targetOf(connection, connection),
  connectionId: connection.id,
  workBucket: connection.workBucket,
  workPrefix: connection.workPrefix,
});
