import { writeFileSync } from "node:fs";

/** A reporter of Playwright: writes what `vitest-outcome.mjs` does. */
export default class PlaywrightOutcome {
  outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onError(error) {
    this.#fail("outside the tests", [error]);
  }

  onEnd() {
    for (const test of this.suite?.allTests() ?? []) {
      if (test.outcome() === "unexpected") this.#fail(test.titlePath().filter(Boolean).join(" › "), test.results.at(-1)?.errors ?? []);
      else this.outcome[test.outcome() === "skipped" ? "skipped" : "passed"] += 1;
    }
    writeFileSync(process.env.LONGSHORE_TEST_OUTCOME, JSON.stringify(this.outcome));
  }

  #fail(test, errors) {
    this.outcome.failed += 1;
    this.outcome.failures.push({ test, message: errors.map((error) => error.stack || error.message || error.value).join("\n") });
  }
}
