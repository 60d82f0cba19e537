import type { Db, Tx } from "../db/client.ts";
import type { Connection, Probe } from "../db/generated/client.ts";
import type { JobDefinition } from "../jobs/job-schema.ts";
import { isAmazon } from "../s3/is-amazon.ts";
import type { Capability } from "./capability.ts";
import { mayNameVersions, needsOfJob } from "./needs-of-job.ts";
import { type Refusal, refusalsOf, unknownOf } from "./refusals.ts";
import { resultsOf } from "./view-probe.ts";

/** What one store was found to do of what a job asks of it. */
export interface StoreFindings {
  connection: Pick<Connection, "id" | "name">;
  /** Nobody knows anything of the store yet. */
  unprobed: boolean;
  refusals: Refusal[];
  unknown: { capability: Capability; reason: string }[];
}

type Definition = Pick<JobDefinition, "Operation" | "DryRun" | "Manifest" | "RoleArn">;

/**
 * Asks the probes of all stores that a job works on: its own role's, and those of roles that its parameters name.
 * @param sample the list's first objects, once they have been read
 */
export async function findingsOfJob(db: Db | Tx, definition: Definition, sample?: readonly { versionId?: string | undefined }[]): Promise<StoreFindings[]> {
  const own = await storeOf(db, definition.RoleArn);
  if (!own) return [];
  const findings: StoreFindings[] = [];
  for (const { roleArn, capabilities } of needsOfJob(definition, { amazon: isAmazon(own.endpoint) }, mayNameVersions(definition, sample))) {
    const store = roleArn === null ? own : await storeOf(db, roleArn);
    if (!store) continue;
    const results = resultsOf(store.probe);
    findings.push({
      connection: { id: store.id, name: store.name },
      unprobed: results === null,
      refusals: refusalsOf(capabilities, results ?? []),
      unknown: results === null ? [] : unknownOf(capabilities, results),
    });
  }
  return findings;
}

async function storeOf(db: Db | Tx, arn: string): Promise<(Connection & { probe: Probe | null }) | null> {
  const role = await db.executionRole.findUnique({ where: { arn }, include: { connection: { include: { probe: true } } } });
  return role?.connection ?? null;
}

/** Why a job is not let loose on its stores, in words for people; null where nothing is known against it. */
export async function refusalOfJob(db: Db | Tx, definition: Definition, sample?: readonly { versionId?: string | undefined }[]): Promise<string | null> {
  const refusing = (await findingsOfJob(db, definition, sample)).find(({ refusals }) => refusals.length > 0);
  if (!refusing) return null;
  const [first, ...others] = refusing.refusals;
  const more = others.length === 0 ? "" : ` (${others.length} more on the connection's page.)`;
  return `The connection ${refusing.connection.name} is not trusted with this, as its probe found. ${first?.message}${more} Probe it again when the store has changed.`;
}
