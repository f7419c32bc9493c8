/**
 * `npm run bench -- <name>`: runs one bench, or all of them without a name. Each prints a table and, as its last
 * line, its result as JSON. `quality` has flags of its own: `npm run bench -- quality --help`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowRelaxedSimd } from '../src/cli/relaxedSimd';
import { distances } from './distances';
import { epochGrowth } from './epochGrowth';
import { gaps } from './gaps';
import { importBench } from './import';
import { kernel } from './kernel';
import { pageBench } from './page';
import { performancePage } from './report';
import { projection } from './projection';
import { quality } from './quality';
import { robustness } from './robustness';
import { stepBench } from './step';
import { stepWebgpu } from './stepWebgpu';
import type { Result } from './timing';

const benches: Record<string, () => Promise<Result>> = { distances, 'epoch-growth': epochGrowth, gaps, import: importBench, kernel, page: pageBench, projection, robustness, step: stepBench, 'step-webgpu': stepWebgpu };

allowRelaxedSimd();
const names = process.argv.slice(2);
if (names[0] === 'quality') await quality(names.slice(1));
else await runBenches(names);

/** Without names all of them run, and docs/performance.md is written; `--doc` writes it for those that are named. */
async function runBenches(words: readonly string[]): Promise<void> {
  const named = words.filter((word) => word !== '--doc');
  const unknown = named.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(`unknown bench ${unknown.join(', ')}; there are: ${[...Object.keys(benches), 'quality'].join(', ')}`);
    process.exit(2);
  }
  const page = named.length > 0 && !words.includes('--doc') ? null : join(import.meta.dirname, '../docs/performance.md');
  const command = ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
  const results: Result[] = [];
  for (const name of named.length > 0 ? named : Object.keys(benches)) {
    const result = await benches[name]();
    results.push(result);
    console.log(JSON.stringify(result));
    // after each: the run takes long, and a later one may fail
    if (page) writeFileSync(page, performancePage(results, command));
  }
}
