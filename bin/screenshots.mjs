import { handOver, installDependencies } from "./setup.mjs";

await installDependencies();
handOver("bin/screenshots.ts", process.argv.slice(2));
