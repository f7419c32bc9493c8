/**
 * `npm test`: installs, builds, and runs every kind of test; the last line is the count over all of them.
 * `npm test -- lint unit` runs only the named ones. Exit code 1 when anything failed or nothing passed.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, root, run, SetupError, stopWith } from './setup.mjs';
import { getBrowser } from './findBrowser.mjs';
import { addUp, ofPlaywright, ofVitest, oneCheck, readReport } from './testCount.mjs';

const reports = join(root, '.cache', 'reports');

/** @param {string} name @param {string} project @param {number} minutes */
function vitest(name, project, minutes) {
  const file = join(reports, `${name}.json`);
  return async (/** @type {Record<string, string>} */ env) => {
    const code = await run('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { env, minutes });
    return readReport(file, code, ofVitest);
  };
}

/** @param {string} command @param {string[]} args */
function check(command, args) {
  return async () => oneCheck(await run(command, args, { minutes: 5 }));
}

/** @type {{ name: string, does: string, needsBrowser?: boolean, run: (env: Record<string, string>) => Promise<import('./testCount.mjs').Count> }[]} */
const stages = [
  {
    name: 'build',
    does: 'the app is built',
    run: async () => {
      try {
        await build();
        return oneCheck(0);
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        return oneCheck(1);
      }
    },
  },
  { name: 'lint', does: 'lint and import table', run: check('oxlint', []) },
  { name: 'types', does: 'types', run: check('tsc', ['-b']) },
  { name: 'unit', does: 'unit and golden tests', run: vitest('unit', 'node', 15) },
  { name: 'browser', does: 'kernel parity in the browser', needsBrowser: true, run: vitest('browser', 'browser', 12) },
  {
    name: 'e2e',
    does: 'journeys in the browser',
    needsBrowser: true,
    run: async (env) => {
      const file = join(reports, 'e2e.json');
      const code = await run('playwright', ['test', '--config', 'e2e/playwright.config.ts'], { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, minutes: 15 });
      return readReport(file, code, ofPlaywright);
    },
  },
];

async function test() {
  checkNode();
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new SetupError(`There is no test named ${unknown.join(', ')}. There are: ${stages.map((stage) => stage.name).join(', ')}.`);
  const chosen = stages.filter((stage) => wanted.length === 0 || stage.name === 'build' || wanted.includes(stage.name));

  await install();
  /** @type {Record<string, string>} */
  const env = chosen.some((stage) => stage.needsBrowser) ? { CHROME_PATH: await getBrowser() } : {};
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  const counts = [];
  for (const stage of chosen) {
    console.log(`\n── ${stage.does} ──`);
    const begun = performance.now();
    const count = await stage.run(env);
    counts.push({ ...count, line: `${stage.does}: ${words(count)} (${((performance.now() - begun) / 1000).toFixed(0)} s)` });
  }
  const total = addUp(counts);
  console.log(`\n${counts.map((count) => count.line).join('\n')}\n${words(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** @param {import('./testCount.mjs').Count} count */
function words({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

test().catch(stopWith);
