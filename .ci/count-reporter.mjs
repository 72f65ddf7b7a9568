import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that keeps "N passed, N failed" in a file (`--outputFile.count=FILE`), so that a
 * run that is cut off has a count too. What could not be loaded, or failed outside of a test, counts
 * as failed.
 */
export default class CountReporter {
  #file = '';
  #passed = 0;
  #failed = 0;

  onInit(vitest) {
    this.#file = vitest.config.outputFile.count;
  }

  onTestCaseResult(test) {
    const { state } = test.result();
    if (state === 'passed') this.#passed += 1;
    if (state === 'failed') this.#failed += 1;
    this.#write();
  }

  onTestModuleEnd(module) {
    this.#failed += module.errors().length;
    this.#write();
  }

  onTestRunEnd(_modules, unhandledErrors) {
    this.#failed += unhandledErrors.length;
    this.#write();
  }

  #write() {
    writeFileSync(this.#file, `${this.#passed} passed, ${this.#failed} failed\n`);
  }
}
