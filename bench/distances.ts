/**
 * `npm run bench -- distances`: matrices of distances and a fit of k-Shape beside tslearn (numba and NumPy), one thread
 * on both sides. Both must find the same; they take turns. The ratios are of processor time: on a quiet machine that
 * is the time on the clock.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { kShape } from '../src/core/clustering/kShape';
import type { Distance } from '../src/core/distances/Distance';
import { distanceMatrix } from '../src/core/distances/distanceMatrix';
import { dtw } from '../src/core/distances/dtw';
import type { SeriesView } from '../src/core/distances/SeriesView';
import { shapeBased } from '../src/core/distances/shapeBased';
import { softDtw } from '../src/core/distances/softDtw';
import { Random } from '../src/core/lib/random';
import { childSide, type Side, type StepTime } from './side';
import { digits, geometricMean, printTable, quartiles, spread, timing, type Result } from './timing';

const AIM = 2;
const PYTHON = process.env.PYTHON ?? 'python3';
const N = 200;
const T = 128;
/** So many rounds of k-Shape both sides take alike; later tslearn steps back from one in which its mean of squares rises. */
const rounds = 6;
const problem = { N, T, K: 4, window: 13, gamma: 1, rounds };

/** Random walks, z-normalised, N of T steps. */
function walks(): Float64Array {
  const random = new Random(1);
  const values = new Float64Array(N * T);
  for (let i = 0; i < N; i++) {
    const walk = values.subarray(i * T, (i + 1) * T);
    walk[0] = random.normal();
    for (let t = 1; t < T; t++) walk[t] = walk[t - 1] + random.normal();
    const mean = walk.reduce((sum, value) => sum + value, 0) / T;
    const deviation = Math.sqrt(walk.reduce((sum, value) => sum + (value - mean) ** 2, 0) / T);
    walk.forEach((value, t) => (walk[t] = (value - mean) / deviation));
  }
  return values;
}

const values = walks();
const series: SeriesView[] = Array.from({ length: N }, (_, i) => ({ t: T, d: 1, start: 0, end: T, values: values.subarray(i * T, (i + 1) * T), mask: new Uint8Array(T).fill(1) }));

function matrixSums<P>(distance: Distance<P>): number[] {
  const { data } = distanceMatrix(series, distance).distances;
  return [(data as Float64Array).reduce((sum, value) => sum + value, 0) / 2, (data as Float64Array).reduce((sum, value) => sum + value * value, 0) / 2];
}

function fitKShape(): number[] {
  const start = Array.from({ length: problem.K }, (_, c) => values.slice(c * T, (c + 1) * T));
  const { inertia, iterations } = kShape(series, problem.K, new Random(1), { start, maxIterations: problem.rounds });
  return [inertia, iterations];
}

const cases: { name: string; what: string; run: () => number[] }[] = [
  { name: 'DTW matrix', what: 'dtw', run: () => matrixSums(dtw()) },
  { name: `DTW matrix, band of ${problem.window} steps`, what: 'band', run: () => matrixSums(dtw({ window: problem.window })) },
  { name: 'soft-DTW divergence matrix', what: 'softDtw', run: () => matrixSums(softDtw({ gamma: problem.gamma })) },
  { name: 'shape-based matrix', what: 'shapeBased', run: () => matrixSums(shapeBased()) },
  { name: `k-Shape, K ${problem.K}, ${problem.rounds} rounds`, what: 'kShape', run: fitKShape },
];

function ourSide(run: () => number[]): Side {
  const step = (): Promise<StepTime> => {
    const started = performance.now();
    const cpuStarted = process.cpuUsage();
    const losses = run();
    const { user, system } = process.cpuUsage(cpuStarted);
    return Promise.resolve({ ms: performance.now() - started, cpu: (user + system) / 1000, losses });
  };
  return { name: 'Lacuna wasm', step, stop: () => {} };
}

/** The versions of tslearn and what it computes with, or null where the interpreter has none. */
function tslearnVersion(): string | null {
  const source = 'import numba, numpy, tslearn; print(f"tslearn {tslearn.__version__} (numba {numba.__version__}, NumPy {numpy.__version__})")';
  const { status, stdout } = spawnSync(PYTHON, ['-W', 'ignore', '-c', source], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function checkSameResult(ours: number[], theirs: number[], name: string): void {
  for (const [i, value] of ours.entries()) {
    if (!(Math.abs(value - theirs[i]) <= 1e-6 * Math.abs(value))) throw new Error(`${name}: tslearn does not find the same: ${theirs.join(', ')}; ours is ${ours.join(', ')}`);
  }
}

export async function distances(): Promise<Result> {
  const version = tslearnVersion();
  const turns = Number(process.env.BENCH_ROUNDS ?? 3);
  const rows: Result['rows'] = [];
  const table = [['case', 'side', 'processor ms: median (quartiles)', 'on the clock', 'times ours']];
  for (const { name, what, run } of cases) {
    const sides = [ourSide(run)];
    if (version) sides.push(await childSide(version, PYTHON, ['-W', 'ignore', join(import.meta.dirname, 'distances_tslearn.py')], { ...problem, what, series: [...values] }));
    const times: StepTime[][] = sides.map(() => []);
    const first = [];
    for (const side of sides) first.push((await side.step()).losses);
    for (const losses of first.slice(1)) checkSameResult(first[0], losses, name);
    for (let turn = 0; turn < turns; turn++) for (const [i, side] of sides.entries()) times[i].push(await side.step());
    sides.forEach((side) => side.stop());
    const cpu = times.map((all) => timing(all.map((time) => time.cpu)));
    for (const [i, side] of sides.entries()) {
      const clock = timing(times[i].map(({ ms }) => ms)).median;
      table.push([name, side.name, spread(cpu[i]), digits(clock), i === 0 ? '' : digits(cpu[i].median / cpu[0].median)]);
    }
    const peer = version ? cpu[1].median : null;
    rows.push({ case: `${name}, N ${N}, T ${T}`, ours: cpu[0].median, peer, peerName: version ?? 'tslearn (absent)', ratio: peer === null ? null : peer / cpu[0].median, spread: quartiles(cpu[0], version ? cpu[1] : null) });
  }
  printTable(table);
  if (!version) console.log(`tslearn: absent (${PYTHON} has none; set PYTHON)`);
  const ratios = rows.flatMap(({ ratio }) => ratio ?? []);
  return {
    bench: 'distances',
    rows,
    summary: { geometricMean: ratios.length > 0 ? geometricMean(ratios) : null, leastRatio: ratios.length > 0 ? Math.min(...ratios) : null },
    aim: `every case >= ${AIM} x tslearn, one thread`,
    met: ratios.length > 0 && Math.min(...ratios) >= AIM,
  };
}
