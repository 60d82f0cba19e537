import { z } from "zod";

/** The service's own: a job has at most 20 billion rows. */
const mostRows = 20_000_000_000;

const whole = (most: number) => z.coerce.number("must be a whole number").int("must be a whole number").min(1, "must be at least 1").max(most);
const orUsual = (schema: z.ZodNumber | ReturnType<typeof whole>, usual: number) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.default(usual));

/** Limits that a large installation may want otherwise, as the environment gives them. docs/limits.md has all the others. */
export const limitSettings = {
  /** Of one manifest, or of one selection of objects. */
  LONGSHORE_MAX_MANIFEST_ROWS: orUsual(whole(mostRows), mostRows),
  /** Jobs of one person that have not ended. */
  LONGSHORE_MAX_JOBS_PER_PERSON: orUsual(whole(1_000_000), 1_000),
};

const schema = z.object(limitSettings);

/** @throws ZodError for what env.ts refuses when a process starts */
export function limits(source: Readonly<Record<string, string | undefined>> = process.env): {
  manifestRows: number;
  jobsPerPerson: number;
  jobsPerDay: number;
} {
  const { LONGSHORE_MAX_MANIFEST_ROWS, LONGSHORE_MAX_JOBS_PER_PERSON } = schema.parse(source);
  return { manifestRows: LONGSHORE_MAX_MANIFEST_ROWS, jobsPerPerson: LONGSHORE_MAX_JOBS_PER_PERSON, jobsPerDay: LONGSHORE_MAX_JOBS_PER_PERSON * 10 };
}

/** What only an admin makes, and every page of the kind shows: more would be a mistake of a script. */
export const maxConnections = 500;
export const maxRoles = 2_000;

/** Access keys that one person makes in a day, those that were revoked included: they are kept, and each is a row for good. */
export const maxNewKeysPerDay = 20;
