import { Prisma } from "../db/generated/client.ts";
import { hasRoomForCanary } from "./canary.ts";

/**
 * Whether a chunk more can be of use under a limit: each needs a request at once, and some ten a second.
 * @param limited the row that has the limits @param those which running chunks count
 */
const fewerRunThan = (limited: Prisma.Sql, those: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (${limited}."maxInFlight" IS NULL AND ${limited}."maxRequestsPerSecond" IS NULL
    OR (SELECT count(*) FROM "Chunk" c JOIN "Job" k ON k.id = c."jobId" JOIN "ExecutionRole" o ON o.id = k."roleId" WHERE c."executorId" IS NOT NULL AND ${those})
       < least(coalesce(${limited}."maxInFlight", 1000000), ceil(coalesce(${limited}."maxRequestsPerSecond", 1000000) / 10.0)))`;

/** Of a job `j` on a connection `n`: whether both would let one chunk more run, and a canary of the job's too. */
export const withinLimits: Prisma.Sql = Prisma.sql`
  ${fewerRunThan(Prisma.sql`j`, Prisma.sql`c."jobId" = j.id`)} AND ${fewerRunThan(Prisma.sql`n`, Prisma.sql`o."connectionId" = n.id`)}
  AND ${hasRoomForCanary}`;
