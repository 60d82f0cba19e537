import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type ListedPage, type Places, pageList, test } from "./page-list.ts";

// One after the other, on one set of jobs.
test.describe.configure({ mode: "default" });

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

/** What axe finds, in words that lead to it. */
async function problems(page: Page, rules?: string[]): Promise<string[]> {
  // At the ends of what opens the library puts places that catch the focus and pass it on at once: nobody comes to rest there.
  const axe = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Both widths, both themes: all rules in two of the four, and in the others those that differ. */
async function look(page: Page): Promise<void> {
  const scheme = (colorScheme: "light" | "dark") => page.emulateMedia({ colorScheme });
  expect.soft(await problems(page), "wide, light").toEqual([]);
  expect.soft(await sideways(page), "scrolls sideways, wide").toBeLessThanOrEqual(0);
  await scheme("dark");
  expect.soft(await problems(page, ["color-contrast"]), "wide, dark").toEqual([]);
  await page.setViewportSize(narrow);
  expect.soft(await problems(page), "narrow, dark").toEqual([]);
  expect.soft(await sideways(page), "scrolls sideways, narrow").toBeLessThanOrEqual(0);
  await scheme("light");
  expect.soft(await problems(page, ["color-contrast"]), "narrow, light").toEqual([]);
}

async function wideAndLight(page: Page): Promise<void> {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: "light" });
}

test("no page is missing from the list", () => {
  const app = join(import.meta.dirname, "..", "app");
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)page\.tsx$/.test(file));
  const listed = new Set(pageList.map(({ file }) => file));
  expect(files.map((file) => dirname(file)).filter((folder) => !listed.has(folder === "." ? "" : folder))).toEqual([]);
});

for (const listed of pageList) {
  test(`${listed.name}: axe finds nothing, nothing scrolls sideways, the console is silent`, async ({ signedIn, places, browser, contextOptions, stack }) => {
    test.slow();
    const stranger = listed.signedOut ? await browser.newContext({ ...contextOptions, baseURL: stack.url }) : null;
    const page = stranger ? await stranger.newPage() : signedIn;
    const said: string[] = [];
    page.on("console", (message) => message.type() === "error" && said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await wideAndLight(page);
    await page.goto(listed.path(places));
    await listed.ready(page);
    await look(page);
    expect.soft((await page.title()).trim()).not.toBe("");
    await expect.soft(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect.soft(page.getByRole("main")).toHaveCount(1);
    expect.soft(said.filter((text) => !(listed.missing && text.includes("404")))).toEqual([]);
    await stranger?.close();
  });
}

/** Two pictures later, what was asked for is on the screen. */
const drawn = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** How much of the page moved by itself when its data came after it, as browsers count it (cumulative layout shift). */
async function shiftOf(page: Page, listed: ListedPage, places: Places): Promise<number> {
  // A page that is still open from before would ask on, and its requests be taken for this one's.
  await page.goto("about:blank");
  let answer = () => {};
  const answers = new Promise<void>((done) => {
    answer = done;
  });
  await page.route("**/api/**", async (route) => {
    await answers;
    await route.fallback();
  });
  const asked = page.waitForRequest("**/api/**").catch(() => undefined);
  const ready = (async () => {
    await page.goto(listed.path(places));
    await listed.ready(page);
  })();
  await Promise.race([asked, ready]);
  await drawn(page);
  answer();
  await ready;
  await drawn(page);
  await page.unrouteAll({ behavior: "wait" });
  return page.evaluate(() => (window as unknown as { shifted: number }).shifted);
}

for (const listed of pageList.filter(({ signedOut, missing }) => !signedOut && !missing)) {
  test(`${listed.name}: nothing jumps when the data comes after the page`, async ({ signedIn: page, places }) => {
    test.slow();
    await page.addInitScript(() => {
      const kept = Object.assign(window, { shifted: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
          if (!entry.hadRecentInput) kept.shifted += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const [name, size] of Object.entries({ wide, narrow })) {
      await page.setViewportSize(size);
      // What browsers and search engines take for a page that stands still.
      expect.soft(await shiftOf(page, listed, places), name).toBeLessThan(0.1);
    }
  });
}

/** What opens over a page: where, by which button, and what then stands there. */
const openings = [
  { page: "job list", button: /^Actions for A review/, role: "menu" },
  { page: "job list", button: /^Account/, role: "menu" },
  { page: "details, awaiting confirmation", button: "Cancel job", role: "dialog" },
  { page: "details, running", button: "Limits", role: "dialog" },
  { page: "wizard", button: "Browse S3", role: "dialog" },
  { page: "connections", button: "Add a connection", role: "dialog" },
  { page: "connections", button: "Webhook secret", role: "dialog" },
  { page: "connections", button: /^Delete/, role: "dialog" },
  { page: "roles", button: "Add a role", role: "dialog" },
  { page: "access keys", button: "Create an access key", role: "dialog" },
] as const;

for (const { page: name, button, role } of openings) {
  test(`${name}: ${button} opens and closes by keyboard, and gives the focus back`, async ({ signedIn: page, places }) => {
    test.slow();
    const listed = pageList.find((one) => one.name === name);
    if (!listed) throw new Error(`No page is called ${name}.`);
    await wideAndLight(page);
    await page.goto(listed.path(places));
    await listed.ready(page);
    const trigger = page.getByRole("button", { name: button }).first();
    await trigger.focus();
    await page.keyboard.press("Enter");
    const opened = page.getByRole(role).first();
    await expect(opened).toBeVisible();
    await expect(
      opened
        .locator(":focus")
        .or(page.locator(`[role="${role}"]:focus`))
        .first(),
    ).toBeVisible();
    const found = await problems(page);
    // A menu lies above the page, in none of its regions: its trigger leads there and back.
    expect.soft(role === "menu" ? found.filter((problem) => !problem.startsWith("region at #base-ui-")) : found).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(opened).toBeHidden();
    await expect(trigger).toBeFocused();
  });
}

test("the keyboard skips to the content, and a new page begins at its content", async ({ signedIn: page }) => {
  await wideAndLight(page);
  await page.goto("/roles");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("link", { name: "Workers" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Execution roles" })).toBeVisible();
});

test("the primitives stand there in both themes at once, whatever the page's own is", async ({ signedIn: page }) => {
  await wideAndLight(page);
  await page.goto("/design");
  const alerts = page.getByText("The bucket keeps no versions").locator("xpath=ancestor::*[@role='alert']");
  await expect(alerts).toHaveCount(2);
  const [light, dark] = await alerts.evaluateAll((boxes) => boxes.map((box) => getComputedStyle(box).backgroundColor));
  expect(light).not.toBe(dark);
});

test("a page can be read at twice its size, and in colours of the reader's own", async ({ signedIn: page, places }) => {
  await page.emulateMedia({ forcedColors: "active" });
  // Twice the size on a screen of 1280 is half of it.
  await page.setViewportSize({ width: 640, height: 450 });
  for (const name of ["job list", "details, running", "review", "wizard"]) {
    const listed = pageList.find((one) => one.name === name);
    await page.goto(listed?.path(places) ?? "");
    await listed?.ready(page);
    expect.soft(await sideways(page), name).toBeLessThanOrEqual(0);
  }
  // A bar says how far it is by its fill, which such colours would take away.
  await page.goto(`/jobs/${places.complete}`);
  const fill = page.getByRole("progressbar").first().locator("div").first();
  expect(await fill.evaluate((bar) => getComputedStyle(bar).backgroundColor)).not.toBe(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  );
});
