/**
 * `npm run bench -- <name>`: runs one bench, or all of them without a name. Each prints a table and, as its last
 * line, its result as JSON. `quality` has flags of its own: `npm run bench -- quality --help`.
 */
import { allowRelaxedSimd } from '../src/cli/relaxedSimd';
import { distances } from './distances';
import { gaps } from './gaps';
import { map } from './map';
import { quality } from './quality';
import { robustness } from './robustness';
import { stepBench } from './step';
import type { Result } from './timing';

const benches: Record<string, () => Promise<Result>> = { distances, gaps, map, robustness, step: stepBench };

allowRelaxedSimd();
const names = process.argv.slice(2);
if (names[0] === 'quality') await quality(names.slice(1));
else await runBenches(names);

async function runBenches(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(`unknown bench ${unknown.join(', ')}; there are: ${[...Object.keys(benches), 'quality'].join(', ')}`);
    process.exit(2);
  }
  for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) console.log(JSON.stringify(await benches[name]()));
}
