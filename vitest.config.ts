import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", "**/.next/**", "**/.data/**"];

/** Unit tests need nothing but Node; integration tests get a PostgreSQL and write `*.itest.ts`. */
export default defineConfig({
  test: {
    // What is waited for takes as long as the machine is busy.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // Properties take seconds on a busy machine; a hang is still found.
      { test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: never, testTimeout: 30_000 } },
      {
        test: {
          name: "integration",
          include: ["**/*.itest.ts"],
          exclude: never,
          // Files share a PostgreSQL, whose connections are counted, and some start a Ceph RGW. Vitest wants a group for each number of workers.
          maxWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
          sequence: { groupOrder: 1 },
          globalSetup: ["bin/testing/integration-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
