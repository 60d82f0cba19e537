import { handOver, installDependencies } from "./setup.mjs";

await installDependencies();
handOver("bin/launch.ts", process.argv.slice(2));
