import { handOver, installDependencies } from "./setup.mjs";

await installDependencies();
handOver("bin/admin.ts", process.argv.slice(2));
