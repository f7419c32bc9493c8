/**
 * One reading of a CSV in a process of its own, for the `import` bench: argv holds the side (ours, papaparse), the
 * layout and the file. Answers with processor and clock seconds, peak memory and the sum of the values.
 */
import { openAsBlob } from 'node:fs';
import Papa from 'papaparse';
import { readSeries } from '../src/core/series/reading';

const [side, layout, file] = process.argv.slice(2);

/** The file through PapaParse alone, in chunks, its numbers kept as typed arrays; a column of ids, then values. */
async function papaparse(blob: Blob): Promise<number> {
  const text = new TextDecoder();
  let values = new Float64Array(1 << 20);
  let count = 0;
  let first = true;
  const keep = (cell: string): void => {
    if (count === values.length) {
      const larger = new Float64Array(2 * count);
      larger.set(values);
      values = larger;
    }
    values[count++] = cell === '' ? NaN : Number(cell);
  };
  let rest = '';
  const parse = (part: string, last: boolean): void => {
    const end = last ? part.length : part.lastIndexOf('\n') + 1;
    rest = part.slice(end);
    Papa.parse<string[]>(part.slice(0, end), {
      step: ({ data }) => {
        if (first) return void (first = false);
        if (data.length > 1) for (let column = layout === 'wide' ? 1 : 2; column < data.length; column++) keep(data[column]);
      },
    });
  };
  const BLOCK = 4 << 20;
  for (let at = 0; at < blob.size; at += BLOCK) parse(rest + text.decode(await blob.slice(at, at + BLOCK).arrayBuffer(), { stream: at + BLOCK < blob.size }), at + BLOCK >= blob.size);
  return values.subarray(0, count).reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
}

const blob = await openAsBlob(file);
const started = performance.now();
const cpu = process.cpuUsage();
const sum = side === 'ours' ? (await readSeries({ name: 'bench.csv', bytes: blob })).set.values.reduce((total, value) => total + value, 0) : await papaparse(blob);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, bytes: process.resourceUsage().maxRSS * 1024, sum }));
