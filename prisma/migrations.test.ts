import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const directory = join(import.meta.dirname, "migrations");
const migrations = readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What takes from a worker of the version before something that it works with. */
function breaks(sql: string): string[] {
  const statements = sql.replace(/--.*$/gm, "").split(";");
  return statements.flatMap((statement) => {
    const text = statement.trim().replace(/\s+/g, " ");
    const takes = /\b(DROP (TABLE|COLUMN|TYPE)|RENAME|SET NOT NULL|SET DATA TYPE)\b|^TRUNCATE\b/i.test(text);
    const demands = /^ALTER TABLE/i.test(text) && /ADD COLUMN (?:(?!, ?ADD ).)*NOT NULL(?!(?:(?!, ?ADD ).)*DEFAULT)/i.test(text);
    return takes || demands ? [text] : [];
  });
}

it.each(migrations.slice(1))("%s only adds, so that workers of the version before go on beside it", (name) => {
  expect(breaks(readFileSync(join(directory, name, "migration.sql"), "utf8"))).toEqual([]);
});

it.each([
  'ALTER TABLE "Job" DROP COLUMN "tags"',
  'ALTER TABLE "Job" ADD COLUMN "a" TEXT,\nADD COLUMN     "b" TEXT NOT NULL',
  'ALTER TABLE "Job" ADD COLUMN "b" TEXT NOT NULL,\nADD COLUMN     "c" BOOLEAN NOT NULL DEFAULT false',
  'ALTER TABLE "Job" RENAME COLUMN "a" TO "b"',
  'ALTER TABLE "Job" ALTER COLUMN "a" SET NOT NULL',
])("knows that %j does more than add", (sql) => expect(breaks(sql)).toHaveLength(1));

it.each(['ALTER TABLE "Job" ADD COLUMN "a" BOOLEAN NOT NULL DEFAULT false,\nADD COLUMN "b" TEXT', 'CREATE TABLE "A" ("id" TEXT NOT NULL)'])(
  "knows that %j only adds",
  (sql) => expect(breaks(sql)).toEqual([]),
);
