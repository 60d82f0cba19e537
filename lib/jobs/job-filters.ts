import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { JobStatus } from "../db/generated/enums.ts";
import { isStorable } from "../db/storable-text.ts";

const text = (max: number) => z.string().max(max).refine(isStorable, "has characters that no job can have");
const ids = z.array(z.guid()).max(100).default([]);

/** The creator of jobs whose person is gone, or that nobody made. */
export const nobody = "none";

/** What narrows the list down; all of it together. An empty list filters nothing. */
export const jobFiltersSchema = z.object({
  /** Part of a description, or the beginning of an id. */
  q: text(256).trim().default(""),
  /** The whole description; "" finds the jobs without one. */
  description: text(256).optional(),
  status: z.array(z.enum(JobStatus)).max(100).default([]),
  /** Names of operations, such as S3PutObjectTagging. */
  operation: z.array(z.string().max(64)).max(100).default([]),
  /** Ids of people, or `none`. */
  creator: z.array(text(64)).max(100).default([]),
  /** Ids of execution roles. */
  role: ids,
  connection: ids,
  /** Created at this moment or later. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Created before this moment. */
  to: z.iso.datetime({ offset: true }).optional(),
  /** "key" or "key=value": a job has all of them. */
  tag: z.array(text(512).min(1)).max(20).default([]),
  /** Only jobs of which a task, or the job itself, has failed. */
  failures: z.stringbool().optional(),
  /** true: only dry runs; false: none. */
  dryRun: z.stringbool().optional(),
});
export type JobFilters = z.output<typeof jobFiltersSchema>;

const lists = ["status", "operation", "creator", "role", "connection"] as const;

/** The filters as an address has them: lists with commas between, `tag` as often as there are tags. The schema judges. */
export function filtersOf(search: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = Object.fromEntries(search);
  for (const name of lists) if (search.has(name)) values[name] = (search.get(name) ?? "").split(",").filter((value) => value !== "");
  if (search.has("tag")) values.tag = search.getAll("tag");
  return values;
}

const escapeLike = (part: string): string => part.replace(/[\\%_]/g, (character) => `\\${character}`);

/** A key may hold "=" itself, so every one of them may be where it ends. */
export function tagsMeant(tag: string): { Key: string; Value?: string }[] {
  const meant: { Key: string; Value?: string }[] = [{ Key: tag }];
  for (let at = tag.indexOf("="); at !== -1; at = tag.indexOf("=", at + 1)) if (at > 0) meant.push({ Key: tag.slice(0, at), Value: tag.slice(at + 1) });
  return meant;
}

const tagged = (tag: string): Prisma.Sql =>
  Prisma.sql`(${Prisma.join(
    tagsMeant(tag).map((meant) => Prisma.sql`j.tags @> ${JSON.stringify([meant])}::jsonb`),
    " OR ",
  )})`;

const createdBy = (creators: readonly string[]): Prisma.Sql => {
  const people = creators.filter((creator) => creator !== nobody);
  const parts = [
    ...(people.length > 0 ? [Prisma.sql`j."createdById" IN (${Prisma.join(people)})`] : []),
    ...(people.length < creators.length ? [Prisma.sql`j."createdById" IS NULL`] : []),
  ];
  return Prisma.sql`(${Prisma.join(parts, " OR ")})`;
};

/** Conditions on "Job" j. */
export function whereJobs(accountId: string, filters: JobFilters): Prisma.Sql {
  const { q, description, status, operation, creator, role, connection, from, to, tag, failures, dryRun } = filters;
  const conditions = [Prisma.sql`j."accountId" = ${accountId}`];
  if (q !== "") conditions.push(Prisma.sql`(j.description ILIKE ${`%${escapeLike(q)}%`} OR j.id::text LIKE ${`${escapeLike(q.toLowerCase())}%`})`);
  if (description !== undefined) conditions.push(Prisma.sql`j.description = ${description}`);
  if (status.length > 0) conditions.push(Prisma.sql`j.status::text IN (${Prisma.join(status)})`);
  if (operation.length > 0) conditions.push(Prisma.sql`j.operation IN (${Prisma.join(operation)})`);
  if (creator.length > 0) conditions.push(createdBy(creator));
  if (role.length > 0) conditions.push(Prisma.sql`j."roleId" IN (${uuids(role)})`);
  if (connection.length > 0) {
    conditions.push(Prisma.sql`j."roleId" IN (SELECT r.id FROM "ExecutionRole" r WHERE r."connectionId" IN (${uuids(connection)}))`);
  }
  if (from !== undefined) conditions.push(Prisma.sql`j."createdAt" >= ${utc(from)}::timestamp`);
  if (to !== undefined) conditions.push(Prisma.sql`j."createdAt" < ${utc(to)}::timestamp`);
  conditions.push(...tag.map(tagged));
  if (failures) conditions.push(Prisma.sql`(j."failedTasks" > 0 OR j.status IN ('Failing', 'Failed'))`);
  if (dryRun !== undefined) conditions.push(Prisma.sql`j."dryRun" = ${dryRun}`);
  return Prisma.join(conditions, " AND ");
}

const uuids = (values: readonly string[]): Prisma.Sql => Prisma.join(values.map((value) => Prisma.sql`${value}::uuid`));

/** The columns hold UTC without saying so. */
const utc = (moment: string): string => new Date(moment).toISOString().replace("Z", "");
