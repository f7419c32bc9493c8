import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { addUp, ofPlaywright, ofVitest, readReport } from '../../scripts/testCount.mjs';
import { checkNode, missingPackages } from '../../scripts/setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'count-'));
const vitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }] };

function written(report: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}

it('adds up', () => {
  expect(addUp([{ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 }])).toEqual({ passed: 11, failed: 22, skipped: 33 });
});

it('counts a test file that could not be loaded as failed', () => {
  expect(ofVitest({ ...vitestReport, testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

it('counts a flaky journey as failed', () => {
  expect(ofPlaywright({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] })).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

it('counts a run that ended badly without a failed test as one failure', () => {
  expect(readReport(written(vitestReport), 1, ofVitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  expect(readReport(written(vitestReport), 0, ofVitest)).toEqual({ passed: 5, failed: 0, skipped: 3 });
});

it('counts a missing report as one failure', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(readReport(join(folder, 'none.json'), 0, ofVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
});

it.each(['12.22.0', '18.20.1', '20.18.9'])('refuses Node %s in words', (version) => {
  expect(() => checkNode(version)).toThrow(`Lacuna needs Node 20.19 or newer, and this is Node ${version}.`);
});

it.each(['20.19.0', '22.1.0', '26.0.0'])('accepts Node %s', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

it('notices a package of another version than the lockfile, and not the optional ones of other systems', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' }, 'node_modules/mac': { version: '1.0.0', optional: true } } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  expect(missingPackages(folder)).toEqual(['node_modules/a', 'node_modules/b']);
});
