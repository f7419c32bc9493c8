/** Counts of passed, failed and skipped tests out of the reports of the test runners. */
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @param {Count[]} counts @returns {Count} */
export function addUp(counts) {
  return counts.reduce((sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed, skipped: sum.skipped + count.skipped }), { passed: 0, failed: 0, skipped: 0 });
}

/** A command that is one test by itself. @param {number} code exit code @returns {Count} */
export function oneCheck(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A file that could not be loaded, or an error outside any test, is a failure too. @param {any} report @returns {Count} */
export function ofVitest(report) {
  const brokenFiles = report.testResults.filter((/** @type {any} */ file) => file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ one) => one.status === 'failed')).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, skipped: report.numPendingTests + report.numTodoTests };
}

/** A flaky test failed at least once: it counts as failed. @param {any} report @returns {Count} */
export function ofPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * The count of a report file. A run that left no report, or ended badly without a failed test, counts as one failure.
 * @param {string} file @param {number} code exit code @param {(report: any) => Count} count @returns {Count}
 */
export function readReport(file, code, count) {
  let found;
  try {
    found = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`The test run left no readable report (${error instanceof Error ? error.message : error}).`);
    return oneCheck(1);
  }
  return code !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found;
}
