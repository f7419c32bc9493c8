/**
 * `npm run bench -- projection`: milliseconds of a step of t-SNE, and the divergence after 1,000 steps, beside tsne-js,
 * druidjs and scikit-learn on the same points; and how a step of the engine for many series grows with their number.
 * A peer's time is its whole run, affinities too, shared out over its steps. PROJECTION_MOST limits N for a quick look.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import TSNE from 'tsne-js';
import { matrix, type Matrix } from '../src/core/lib/matrix';
import { Random } from '../src/core/lib/random';
import { createTsne, EXACT_LIMIT } from '../src/core/projection/tsne/tsne';
import { peerPackage } from './peerPackage';
import { digits, printTable, timing, type Result } from './timing';

const WIDTH = 50;
const TSNE_JS_STEPS = 20;
const DRUID = { version: '0.9.0', steps: 1000 };
/** It needs a thread pool of web workers and an import of a folder, which Node has not. */
const BHTSNE = 'wasm-bhtsne (runs only in a cross-origin isolated page behind a bundler)';
const PYTHON = process.env.PYTHON ?? 'python3';
const MOST = Number(process.env.PROJECTION_MOST ?? 100_000);

const BOUNDS =
  'druidjs has a WASM kernel of its own since version 0.9. Our exact step visits all N² pairs four at a time, at 0.7 ns a pair, most of which is the division; each pair twice, since halving them costs a read and a write of every gradient. Not tried: those halves, and the interpolated step, which is faster than the exact one from some thousand series on, below 5,000.';

/** Ten groups in 50 dimensions. */
function latents(n: number): Matrix {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 10 * WIDTH }, () => 1.5 * random.normal());
  return matrix(n, WIDTH, Float64Array.from({ length: n * WIDTH }, (_, at) => centres[(Math.floor(at / WIDTH) % 10) * WIDTH + (at % WIDTH)] + random.normal()));
}

/** Processor milliseconds of `run`. */
function processorMs(run: () => void): number {
  const started = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** A step of ours with its share of the affinities over 1,000 steps, and the divergence after them where asked for. */
function ourSide(points: Matrix, steps: number, whole: boolean): { ms: number; setup: number; kl: number | null } {
  let tsne!: ReturnType<typeof createTsne>;
  const setup = processorMs(() => (tsne = createTsne(points, { seed: 1 })));
  if (whole) {
    const ms = processorMs(() => tsne.step(1000));
    return { ms: (setup + ms) / 1000, setup, kl: tsne.klDivergence() };
  }
  tsne.step(2);
  const ms = timing(Array.from({ length: 5 }, () => processorMs(() => tsne.step(steps)) / steps)).median;
  return { ms: ms + setup / 1000, setup, kl: null };
}

function tsneJsSide(points: Matrix): number {
  const data = Array.from({ length: points.rows }, (_, i) => Array.from(points.data.subarray(i * WIDTH, (i + 1) * WIDTH)));
  const model = new TSNE({ dim: 2, perplexity: 30, earlyExaggeration: 4, learningRate: 100, nIter: TSNE_JS_STEPS, metric: 'euclidean' });
  let taken = 1;
  const ms = processorMs(() => {
    model.init({ data, type: 'dense' });
    [, taken] = model.run();
  });
  return ms / taken;
}

interface Druid {
  TSNE: new (points: number[][], options: { perplexity: number; epsilon: number; d: number; seed: number }) => { transform(iterations: number): unknown };
}

/** A step of druidjs, which has a WASM kernel for it; null where the package cannot be had. */
async function druidSide(points: Matrix): Promise<number | null> {
  const address = peerPackage('@saehrimnir/druidjs', DRUID.version, 'dist/druid.js');
  if (address === null) return null;
  const { TSNE: Druid } = (await import(address)) as Druid;
  const data = Array.from({ length: points.rows }, (_, i) => Array.from(points.data.subarray(i * WIDTH, (i + 1) * WIDTH)));
  return processorMs(() => void new Druid(data, { perplexity: 30, epsilon: 10, d: 2, seed: 1 }).transform(DRUID.steps)) / DRUID.steps;
}

interface Sklearn {
  version: string;
  ms: number;
  kl: number;
}

function sklearnSide(points: Matrix, method: 'exact' | 'barnes_hut'): Sklearn | null {
  const { status, stdout } = spawnSync(PYTHON, [join(import.meta.dirname, 'projection_sklearn.py')], {
    input: `${JSON.stringify({ n: points.rows, width: WIDTH, points: Array.from(points.data), method })}\n`, encoding: 'utf8', maxBuffer: 1e8, env: { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  return status === 0 ? (JSON.parse(stdout) as Sklearn) : null;
}

export async function projection(): Promise<Result> {
  const rows: Result['rows'] = [];
  const table = [['case', 'ours', 'peer', 'peer is', 'ratio']];
  const add = (name: string, ours: number, peer: number | null, peerName: string): void => {
    const ratio = peer === null ? null : peer / ours;
    rows.push({ case: name, ours, peer, peerName, ratio });
    table.push([name, digits(ours), peer === null ? '-' : digits(peer), peerName, ratio === null ? '-' : digits(ratio)]);
  };
  let [klRatio, toTsneJs, toDruid]: (number | null)[] = [null, null, null];
  for (const n of [500, 1000, 5000].filter((n) => n <= MOST)) {
    const points = latents(n);
    const ours = ourSide(points, 10, n <= 1000);
    if (n <= 1000) {
      const peer = tsneJsSide(points);
      add(`N ${n}, ms a step`, ours.ms, peer, 'tsne-js');
      toTsneJs = peer / ours.ms;
      const druid = await druidSide(points);
      add(`N ${n}, ms a step`, ours.ms, druid, `@saehrimnir/druidjs ${DRUID.version}`);
      toDruid = druid === null ? null : druid / ours.ms;
      add(`N ${n}, ms a step`, ours.ms, null, BHTSNE);
      const exact = sklearnSide(points, 'exact');
      add(`N ${n}, divergence after 1,000 steps`, ours.kl!, exact?.kl ?? null, exact ? `scikit-learn ${exact.version}, exact` : `scikit-learn (${PYTHON} has none)`);
      if (exact) klRatio = ours.kl! / exact.kl;
    }
    const tree = sklearnSide(points, 'barnes_hut');
    add(`N ${n}, ms a step`, ours.ms, tree?.ms ?? null, tree ? `scikit-learn ${tree.version}, Barnes–Hut` : `scikit-learn (${PYTHON} has none)`);
  }
  const sizes = [10_000, 30_000, 100_000].filter((n) => n <= MOST);
  const steps = sizes.map((n) => {
    const { ms, setup } = ourSide(latents(n), 3, false);
    rows.push({ case: `N ${n}, interpolated, ms a step`, ours: ms, peer: null, peerName: 'no peer', ratio: null });
    table.push([`N ${n}, interpolated, ms a step`, digits(ms), '-', `affinities ${digits(setup / 1000)} s`, '-']);
    return ms;
  });
  printTable(table);
  const [first, last] = [0, sizes.length - 1];
  const growth = sizes.length > 1 ? Math.log(steps[last] / steps[first]) / Math.log((sizes[last] * Math.log(sizes[last])) / (sizes[first] * Math.log(sizes[first]))) : null;
  return {
    bench: 'projection',
    rows,
    summary: { timesTsneJsAt1000: toTsneJs, timesDruidjsAt1000: toDruid, divergenceToSklearn: klRatio, growthAgainstNLogN: growth, exactUpTo: EXACT_LIMIT },
    aim: 'at N = 1,000 at least 200 x tsne-js, 10 x druidjs and a divergence within 2 % of scikit-learn or below; for many series growth over N log N with an exponent of at most 1.05 and a step under 1 s at N = 100,000',
    met: (toTsneJs ?? 0) >= 200 && (toDruid ?? 0) >= 10 && klRatio !== null && klRatio <= 1.02 && growth !== null && growth <= 1.05 && steps[last] < 1000,
    bounds: BOUNDS,
  };
}
