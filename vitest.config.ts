import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", "**/.next/**", "**/.data/**"];

/** Unit tests need nothing but Node; integration tests get a PostgreSQL and write `*.itest.ts`. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: never } },
      {
        test: {
          name: "integration",
          include: ["**/*.itest.ts"],
          exclude: never,
          globalSetup: ["bin/testing/integration-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
