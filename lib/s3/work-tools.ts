import type { WorkTools } from "../operations/operation.ts";
import { carryBytes } from "./carry-bytes.ts";
import type { S3Target } from "./connect-s3.ts";
import { digestBytes, digestPieces } from "./digest-bytes.ts";
import { createStreamClient, type StreamClient } from "./stream-client.ts";

/**
 * What a job's work may use.
 * @param others stores by the ARNs of the roles that requests name
 */
export function openWorkTools(
  given: Pick<WorkTools, "s3" | "functions">,
  target: S3Target,
  others: ReadonlyMap<string, S3Target> = new Map(),
): { tools: WorkTools; close(): void } {
  const open = new Map<string | undefined, StreamClient>();
  // Most jobs stream nothing.
  const clientOf = (role: string | undefined): StreamClient => {
    const known = open.get(role);
    if (known) return known;
    const its = role === undefined ? target : others.get(role);
    if (!its) throw new Error(`The job knows no role ${role}`);
    const client = createStreamClient(its, role === undefined);
    open.set(role, client);
    return client;
  };
  return {
    tools: {
      ...given,
      digest: (source, algorithms, known, signal) => digestBytes(clientOf(undefined), source, algorithms, known, signal),
      checksum: async (pieces, algorithm) => (await digestPieces(pieces, [algorithm], null)).value(algorithm),
      carry: (source, request, signal) => carryBytes(clientOf(undefined), clientOf(request.role), source, request, signal),
    },
    close() {
      for (const client of open.values()) client.close();
    },
  };
}
