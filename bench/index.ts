/**
 * `npm run bench -- <name>`: runs one bench, or all of them without a name. Each prints a table and, as its last
 * line, its result as JSON.
 */
import { allowRelaxedSimd } from '../src/cli/relaxedSimd';
import { gaps } from './gaps';
import { map } from './map';
import { stepBench } from './step';
import type { Result } from './timing';

const benches: Record<string, () => Promise<Result>> = { gaps, map, step: stepBench };

allowRelaxedSimd();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`unknown bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) console.log(JSON.stringify(await benches[name]()));
