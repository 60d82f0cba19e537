import { handOver, installDependencies } from "./setup.mjs";

await installDependencies();
handOver("bin/chaos/chaos.ts", process.argv.slice(2));
