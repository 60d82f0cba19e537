import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { Connection } from "#lib/db/connection.ts";
import { startPostgres } from "./embedded-postgres.ts";
import { freePort } from "./free-port.ts";
import { isAlive } from "./processes.ts";

const dir = mkdtempSync(join(tmpdir(), "longshore-postgres-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it("starts again after kill -9, however long a process of the killed server takes to go", async () => {
  const place = { dir: join(dir, "postgres"), log: join(dir, "postgres.log"), port: await freePort(), durable: false };
  const killed = await startPostgres(place);
  const client = new Connection({ connectionString: killed.url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const backend = rows[0]?.pid ?? 0;
  process.kill(backend, "SIGSTOP");
  process.kill(killed.pid, "SIGKILL");
  await killed.died;
  try {
    const starting = startPostgres(place);
    await vi.waitFor(() => expect(existsSync(place.log) && readFileSync(place.log, "utf8")).toContain("pre-existing shared memory block"), { timeout: 30_000 });
    process.kill(backend, "SIGCONT");
    const again = await starting;
    const other = new Connection({ connectionString: again.url });
    await other.connect();
    expect((await other.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await other.end();
    await again.stop();
  } finally {
    // A test that failed leaves it stopped.
    if (isAlive(backend)) process.kill(backend, "SIGKILL");
    await client.end().catch(() => undefined);
  }
});
