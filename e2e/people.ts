import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { createPerson } from "#lib/auth/create-person.ts";
import type { PersonRole } from "#lib/auth/permissions.ts";
import { createDb } from "#lib/db/client.ts";
import { runningPostgresUrl } from "../bin/launcher/running-postgres.ts";
import { test as base, expect } from "./job-fixtures.ts";

export { expect };

/** Of the run's own PostgreSQL, whose files lie beside the file that says where the stack is. */
const databaseUrl = (): string => runningPostgresUrl(join(dirname(process.env.LONGSHORE_E2E_LOCAL_FILE ?? ""), "postgres"));

/** A page of a person who was made for this test, in a browser of their own. Nobody else has their name. */
export interface Person {
  page: Page;
  name: string;
}

/** For tests in which people of several roles work on one job: `person("operator")` signs a new one in. */
export const test = base.extend<{ person: (role: PersonRole) => Promise<Person> }>({
  person: async ({ browser, contextOptions, stack }, use) => {
    const db = createDb(databaseUrl(), 1);
    const made: Page[] = [];
    await use(async (role) => {
      const one = { name: `${role} ${randomUUID().slice(0, 8)}`, email: `${randomUUID()}@example.com`, password: "a password of theirs" };
      await createPerson(db, { ...one, role });
      const page = await signIn(browser, { ...contextOptions, baseURL: stack.url }, one);
      made.push(page);
      return { page, name: one.name };
    });
    for (const page of made) await page.context().close();
    await db.$disconnect();
  },
});

async function signIn(browser: Browser, options: BrowserContextOptions, { email, password }: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ ...options, extraHTTPHeaders: { origin: options.baseURL ?? "" } });
  const answer = await context.request.post("/api/auth/sign-in/email", { data: { email, password } });
  expect(answer.status(), await answer.text()).toBe(200);
  return context.newPage();
}
