import { handOver, installDependencies } from "./setup.mjs";

await installDependencies();
handOver("bin/demo.ts", process.argv.slice(2));
