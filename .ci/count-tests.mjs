// Prints "N passed, N failed" from vitest's JSON report; exit code 1 unless all that ran passed.
import { readFileSync } from 'node:fs';

const { passed, failed } = count(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;

/** A file that could not be loaded has no tests to fail: it counts as one that did. */
function count(text) {
  if (text === '') return { passed: 0, failed: 0 };
  const report = JSON.parse(text);
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}
