const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });
const test = "\\.i?test\\.tsx?$|/testing/|^e2e/|^sandbox/contract/";
/** Clients that the benchmark compares with: their packages are installed when it runs. */
const peers = "^bench/peers/loops/";

export default {
  forbidden: [
    rule(
      "no-cycles",
      "Modules that need each other cannot be understood, tested or moved alone. Move what they share into a third.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "app-knows-no-worker",
      "Console and worker are separate processes, often on separate machines. They meet in lib and in the database.",
      { path: "^app/" },
      { path: "^worker/" },
    ),
    rule(
      "worker-knows-no-app",
      "Console and worker are separate processes, often on separate machines. They meet in lib and in the database.",
      { path: "^worker/" },
      { path: "^(app|components)/" },
    ),
    rule(
      "lib-is-the-lowest",
      "lib serves console, worker and launcher alike, so it knows none of them.",
      { path: "^lib/" },
      { path: "^(app|components|worker|sandbox|bin|bench|e2e)/", pathNot: "^bin/testing/|^sandbox/" },
    ),
    rule("components-know-no-app", "Pages are made of components, not the other way round.", { path: "^components/" }, { path: "^app/" }),
    rule(
      "components-know-no-database",
      "Components run in the browser. They get data from the JSON API, and only types from lib/db.",
      { path: "^components/", pathNot: test },
      { path: "^lib/db/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "components-know-no-node",
      "Components run in the browser, which has no Node modules.",
      { path: "^components/", pathNot: test },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "primitives-know-no-domain",
      "components/ui serves any screen: a primitive that knows what a job is belongs one folder up.",
      { path: "^components/ui/" },
      { path: "^(lib|components/(?!ui/))" },
    ),
    rule(
      "operations-are-pure",
      "Operations, manifest rows and report rows are plain functions, so that wizard, routes and worker can use them and tests need nothing.",
      {
        path: "^lib/(operations/|manifests/(?!read-|open-)|reports/[^/]*row[^/]*|jobs/(transition|failure-threshold|job-schema|job-status|arn)\\.ts)",
        pathNot: test,
      },
      { path: "node_modules/(next|react|react-dom|@prisma|pg|pg-boss)/|^lib/db/(client|generated/client)" },
    ),
    rule(
      "sandbox-is-for-trial",
      "The sandbox stands for any S3 server: the product may not know it. Only tests and the launcher start it.",
      { path: "^(app|components|lib|worker)/", pathNot: test },
      { path: "^sandbox/" },
    ),
    rule(
      "sandbox-stands-alone",
      "A server that shares code with its client would share its mistakes.",
      { path: "^sandbox/", pathNot: test },
      { path: "^(app|components|lib|worker|bin)/" },
    ),
    rule(
      "the-benchmark-only-watches",
      "What is measured may not know who measures it.",
      { path: "^(app|components|lib|worker|sandbox|prisma|e2e)/" },
      { path: "^bench/" },
    ),
    rule("tests-stay-tests", "What ships must not need what tests.", { pathNot: `${test}|^bin/|^vitest|^prisma/migrate|^playwright` }, { path: test }),
    rule(
      "no-undeclared-packages",
      "A package that package.json does not name can vanish with any update.",
      { pathNot: peers },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    rule("everything-resolves", "An import that leads nowhere fails when it is loaded.", { pathNot: peers }, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated/|^\\.next/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
