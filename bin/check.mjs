import { spawn } from "node:child_process";
import { join } from "node:path";
import { installDependencies, pinnedNode, root } from "./setup.mjs";

// Everything that needs no service: types, style, layers, unit tests. At once, since each keeps one core busy.
await installDependencies();
const sources = ["app", "components", "lib", "worker", "sandbox", "prisma", "bin", "bench", "e2e"];
await run("database client", "bin/generate.ts", []);
const results = await Promise.all([
  run("types", "node_modules/typescript/bin/tsc", ["--noEmit", "-p", "."]),
  run("style", "node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "--max-diagnostics=30"]),
  run("layers", "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", sources),
  run("unit tests", "node_modules/vitest/vitest.mjs", ["run", "--project", "unit"]),
]);
process.exit(results.every(Boolean) ? 0 : 1);

async function run(name, script, args) {
  const started = Date.now();
  const child = spawn(pinnedNode, [join(root, script), ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const code = await new Promise((done) => child.once("close", done));
  const words = `${name} ${((Date.now() - started) / 1000).toFixed(1)} s`;
  console.log(code === 0 ? `✓ ${words}` : `✗ ${words}\n${output.trim()}\n`);
  return code === 0;
}
