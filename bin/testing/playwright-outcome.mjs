import { writeFileSync } from "node:fs";

/** A reporter of Playwright: writes what `vitest-outcome.mjs` does; `passedLater` are failures of an attempt that was not the last. */
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
      const title = test.titlePath().filter(Boolean).join(" › ");
      const outcome = test.outcome();
      if (outcome === "unexpected") this.#fail(title, test.results.at(-1)?.errors ?? []);
      else this.outcome[outcome === "skipped" ? "skipped" : "passed"] += 1;
      if (outcome === "flaky") this.#tell(title, test.results[0].errors, true);
    }
    writeFileSync(process.env.LONGSHORE_TEST_OUTCOME, JSON.stringify(this.outcome));
  }

  printsToStdio() {
    return false;
  }

  #fail(test, errors) {
    this.outcome.failed += 1;
    this.#tell(test, errors);
  }

  #tell(test, errors, passedLater) {
    const message = errors.map((error) => error.stack || error.message || error.value).join("\n");
    this.outcome.failures.push({ test, message, passedLater });
  }
}
