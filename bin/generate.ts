import { buildWhatChanged } from "./launcher/build.ts";

/** Makes the Prisma client if the schema has changed: nothing type checks or runs without it. */
await buildWhatChanged({ console: process.argv.includes("--console") }, new AbortController().signal);
