import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

it("shows every primitive of components/ui", () => {
  const shown = read(import.meta.dirname)
    .map(([, text]) => text)
    .join("\n");
  // What a primitive loads later or is made of is shown with the primitive itself; toasts and the notice of a failure appear over the page.
  const primitives = read(join(import.meta.dirname, "../ui")).filter(
    ([name]) => name.endsWith(".tsx") && !/-parts\.tsx$|^(toaster|load-failure-notice|select-look)\.tsx$/.test(name),
  );
  expect(primitives.map(([name]) => name).filter((name) => !shown.includes(`"../ui/${name}"`))).toEqual([]);
});
