import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Package {
  license?: string;
  scripts?: Record<string, string>;
}
const root = new URL("../", import.meta.url);
const read = <Type>(file: string): Type => JSON.parse(readFileSync(new URL(file, root), "utf8")) as Type;
const own = read<Record<"dependencies" | "devDependencies", Record<string, string>> & { allowScripts: Record<string, boolean> }>("package.json");
const lock = read<{ packages: Record<string, { version?: string; integrity?: string; resolved?: string; hasInstallScript?: boolean }> }>("package-lock.json");
const text = readFileSync(new URL("docs/dependencies.md", root), "utf8");
const rows = new Map(
  [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name = "", why = "", licence = "", script = ""]) => [
    name,
    { why, licence, script },
  ]),
);

it("has a row for each package that is named, and for no other", () => {
  expect([...rows.keys()].sort()).toEqual([...Object.keys(own.dependencies), ...Object.keys(own.devDependencies)].sort());
});

it.each([...rows])("%s has the licence and the install script that its row says", (name, { licence, script }) => {
  const { license, scripts = {} } = read<Package>(`node_modules/${name}/package.json`);
  expect(licence.trim()).toBe(license);
  const has = ["preinstall", "install", "postinstall"].some((step) => step in scripts);
  expect(script.trim()).toBe(has ? (own.allowScripts[name] ? "**allowed**" : "not run") : "none");
});

it("every package with an install script is named as allowed or not", () => {
  const scripted = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path.replace(/^.*node_modules\//, "")] : []));
  expect(scripted.sort()).toEqual(Object.keys(own.allowScripts).sort());
});

it("versions are exact, and every archive is held to its digest", () => {
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/);
  for (const [path, { integrity, resolved }] of Object.entries(lock.packages)) if (resolved !== undefined) expect(integrity, path).toMatch(/^sha512-/);
});

it("install scripts are not run unasked", () => {
  expect(readFileSync(new URL("bin/setup.mjs", root), "utf8")).toContain('"ci", "--ignore-scripts"');
});
