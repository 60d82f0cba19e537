import { writeFileSync } from "node:fs";

/**
 * A reporter of Vitest: writes `{ passed, failed, skipped, failures: [{ test, message }] }` to the file that
 * LONGSHORE_TEST_OUTCOME names. Vitest's own JSON has no errors from outside the tests.
 */
export default class VitestOutcome {
  onTestRunEnd(modules, unhandledErrors) {
    const outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
    const fail = (test, errors) => {
      outcome.failed += 1;
      outcome.failures.push({ test, message: errors.map((error) => error.stack || error.message).join("\n") });
    };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === "passed") outcome.passed += 1;
        else if (state === "failed") fail(`${module.relativeModuleId} > ${test.fullName}`, errors);
        else outcome.skipped += 1;
      }
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) fail(`${module.relativeModuleId} > ${suite.fullName}`, suite.errors());
      if (module.errors().length > 0) fail(module.relativeModuleId, module.errors());
      else if (module.state() === "pending" || module.state() === "queued") fail(module.relativeModuleId, [{ message: "It did not end." }]);
    }
    if (unhandledErrors.length > 0) fail("outside the tests", unhandledErrors);
    writeFileSync(process.env.LONGSHORE_TEST_OUTCOME, JSON.stringify(outcome));
  }
}
