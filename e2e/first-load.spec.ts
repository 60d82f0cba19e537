import { gzipSync } from "node:zlib";
import { expect, pageList, test } from "./page-list.ts";

const budget = 200_000;

/** Scripts that a page's own document asks for; what comes after it, when idle or needed, is not among them. */
const scriptsOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
      // Browsers that know modules never fetch it.
      .filter(([tag]) => !/\snomodule/i.test(tag))
      .map(([, source = ""]) => source.replaceAll("&amp;", "&")),
  ),
];

test("the first load of each page brings less than 200 kB of JavaScript", async ({ signedIn: page, request, places }) => {
  const sizes = new Map<string, number>();
  const sizeOf = async (source: string): Promise<number> => {
    const known = sizes.get(source);
    if (known !== undefined) return known;
    const size = gzipSync(await (await page.request.get(source, { maxRetries: 3 })).body()).length;
    sizes.set(source, size);
    return size;
  };
  const loads: Record<string, number> = {};
  for (const listed of pageList) {
    // A development server serves what is not minified, and more of it.
    const html = await (await (listed.signedOut ? request : page.request).get(listed.path(places), { maxRetries: 3 })).text();
    const scripts = scriptsOf(html);
    test.skip(
      scripts.some((source) => source.includes("hmr-client")),
      "This console is served by a development server.",
    );
    expect(scripts.length, listed.name).toBeGreaterThan(3);
    let load = 0;
    for (const source of scripts) load += await sizeOf(source);
    loads[listed.name] = load;
  }
  expect(Object.entries(loads).filter(([, size]) => size >= budget)).toEqual([]);
});
