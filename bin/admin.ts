import { existsSync } from "node:fs";
import { join } from "node:path";
import { ZodError } from "zod";
import { StartError } from "./errors.ts";
import { root } from "./root.ts";

/**
 * `npm run admin -- ana@example.com`: for whoever has the machine, when no administrator can get in. Makes that person an enabled administrator, and
 * prints a link by which they choose a password. Without an address: who the administrators are.
 */
async function main(): Promise<void> {
  const envFile = join(root, ".env");
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const { buildWhatChanged } = await import("./launcher/build.ts");
  await buildWhatChanged({ console: false }, new AbortController().signal);
  const { parseLaunchSettings } = await import("./launcher/settings.ts");
  const { runningPostgresUrl } = await import("./launcher/running-postgres.ts");
  const { createDb } = await import("#lib/db/client.ts");
  const { databaseUrl, dataDir } = parseLaunchSettings(process.env);
  const db = createDb(databaseUrl ?? runningPostgresUrl(join(dataDir, "postgres")), 1);
  try {
    const [address] = process.argv.slice(2);
    if (address === undefined) return await listAdmins(db);
    const { rescueAdmin } = await import("#lib/people/rescue-admin.ts");
    const { kind, path, email } = await rescueAdmin({ db, now: () => new Date() }, address);
    console.log(
      `\n  ${email} is ${kind === "reset" ? "an administrator, and chooses a new password here" : "invited as an administrator here"}, once, within 24 hours:`,
    );
    console.log(`\n  ${await consoleUrl(join(dataDir, "local.json"))}${path}\n`);
  } finally {
    await db.$disconnect();
  }
}

async function consoleUrl(localFile: string): Promise<string> {
  if (process.env.LONGSHORE_URL) return new URL(process.env.LONGSHORE_URL).origin;
  const { readLocalFile } = await import("./launcher/local-file.ts");
  return existsSync(localFile) ? readLocalFile(localFile).url : "<the console's address>";
}

async function listAdmins(db: import("#lib/db/client.ts").Db): Promise<void> {
  const admins = await db.user.findMany({ where: { role: "admin" }, orderBy: { email: "asc" }, select: { email: true, disabledAt: true } });
  console.log("\n  Administrators:\n");
  for (const { email, disabledAt } of admins) console.log(`    ${email}${disabledAt ? "  (disabled)" : ""}`);
  console.log("\n  To make somebody one, with a link for a new password: npm run admin -- their@example.com\n");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const words = error instanceof StartError ? error.message : error instanceof ZodError ? error.issues[0]?.message : undefined;
    console.error(words === undefined ? error : `\n${words}`);
    process.exit(1);
  },
);
