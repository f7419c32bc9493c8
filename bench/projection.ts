/**
 * `npm run bench -- projection`: milliseconds of a step of t-SNE, and the divergence after 1,000 steps, beside tsne-js,
 * druidjs, wasm-bhtsne and scikit-learn on the same points; and how a step of the engines for many series grows with
 * their number, on a map as large as it is at the end. A peer's time is its whole run, affinities too, shared out over
 * its steps; by the processor, for wasm-bhtsne by the clock of a page of Chromium in which ours takes turns with it.
 * PROJECTION_MOST limits N for a quick look.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import TSNE from 'tsne-js';
import { drain } from '../src/core/lib/drain';
import type { Matrix } from '../src/core/lib/matrix';
import { Random } from '../src/core/lib/random';
import { ALL_PAIRS_LIMIT, nearNeighbours } from '../src/core/projection/neighbours/neighbours';
import { PAIR_LIMIT } from '../src/core/projection/tsne/near/kernel';
import { createTsne, EXACT_LIMIT } from '../src/core/projection/tsne/tsne';
import { peerPackage } from './peerPackage';
import { BHTSNE, bhtsneSide } from './projectionPage';
import { latents, rowsOf, WIDTH } from './projectionPoints';
import { digits, printTable, timing, type Result } from './timing';

const TSNE_JS_STEPS = 20;
/** Points whose true neighbours are looked up. */
const PROBES = 100;
const DRUID = { version: '0.9.0', steps: 1000 };
const PYTHON = process.env.PYTHON ?? 'python3';
const MOST = Number(process.env.PROJECTION_MOST ?? 100_000);
/** Radius of a finished map of thousands of series. */
const RADIUS = 80;

const BOUNDS =
  'the exact step visits each pair of points once, for both of its points, four pairs at a time: 0.27 ns an ordered pair, about 6.5 cycles for sixteen operations of which one is a division; that is near what two multiply-add units allow, and sharing products between the two sides changed nothing. Beyond 20,000 series 45 ms of a step are the Fourier transforms of a grid of 1,024 x 1,024, whatever N is; the rest is mostly reading near neighbours in no order. Affinities up to 20,000 series compare all pairs; beyond, of the time for 100,000 a third are the trees of the forest (a point comes into a list a few hundred times), half three rounds of neighbours of neighbours, an eighth the perplexity search and the joint affinities. They rest every few milliseconds. The NN-descent of embedding-atlas 0.26, also WASM, took eight times as long for 10,000 points, in one piece, at a recall of 1.';

/** Processor milliseconds of `run`. */
function processorMs(run: () => void): number {
  const started = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** A map [N, 2] as large as a finished one: the cost of interpolation depends on it. */
function disc(n: number): Float64Array {
  const random = new Random(1);
  const map = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [radius, angle] = [RADIUS * Math.sqrt(random.uniform()), 2 * Math.PI * random.uniform()];
    map.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
  }
  return map;
}

/** A step of ours with its share of the affinities over 1,000 steps, and the divergence after them where asked for. */
function ourSide(points: Matrix, steps: number, whole: boolean): { ms: number; setup: number; kl: number | null } {
  let tsne!: ReturnType<typeof createTsne>;
  const setup = processorMs(() => {
    tsne = createTsne(points, { seed: 1, start: whole ? undefined : disc(points.rows) });
    while (tsne.ready < 1) tsne.prepare();
  });
  if (whole) {
    const ms = processorMs(() => tsne.step(1000));
    return { ms: (setup + ms) / 1000, setup, kl: tsne.klDivergence() };
  }
  tsne.step(2);
  const ms = timing(Array.from({ length: 5 }, () => processorMs(() => tsne.step(steps)) / steps)).median;
  return { ms: ms + setup / 1000, setup, kl: null };
}

function tsneJsSide(points: Matrix): number {
  const data = rowsOf(points);
  const model = new TSNE({ dim: 2, perplexity: 30, earlyExaggeration: 4, learningRate: 100, nIter: TSNE_JS_STEPS, metric: 'euclidean' });
  let taken = 1;
  const ms = processorMs(() => {
    model.init({ data, type: 'dense' });
    [, taken] = model.run();
  });
  return ms / taken;
}

/** The share of the k nearest neighbours that the search finds, of a sample of the points. */
function recall({ rows: n, columns: m, data }: Matrix, k: number): number {
  const found = drain(nearNeighbours(Float64Array.from(data, (value) => value / 100), n, m, k));
  let hits = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    const i = Math.floor((probe * n) / PROBES);
    const all = Float64Array.from({ length: n }, (_, j) => {
      let d = 0;
      for (let c = 0; c < m; c++) d += (data[i * m + c] - data[j * m + c]) ** 2;
      return j === i ? Number.POSITIVE_INFINITY : d;
    });
    const farthest = all.slice().sort()[k - 1];
    hits += found.indices.subarray(i * k, (i + 1) * k).reduce((sum, j) => sum + Number(all[j] <= farthest), 0);
  }
  return hits / (PROBES * k);
}

interface Druid {
  TSNE: new (points: number[][], options: { perplexity: number; epsilon: number; d: number; seed: number }) => { transform(iterations: number): unknown };
}

/** A step of druidjs, which has a WASM kernel for it; null where the package cannot be had. */
async function druidSide(points: Matrix): Promise<number | null> {
  const address = peerPackage('@saehrimnir/druidjs', DRUID.version, 'dist/druid.js');
  if (address === null) return null;
  const { TSNE: Druid } = (await import(address)) as Druid;
  const data = rowsOf(points);
  return processorMs(() => void new Druid(data, { perplexity: 30, epsilon: 10, d: 2, seed: 1 }).transform(DRUID.steps)) / DRUID.steps;
}

interface Sklearn {
  version: string;
  ms: number;
  kl: number;
}

function sklearnSide(points: Matrix, method: 'exact' | 'barnes_hut' | 'affinities'): Sklearn | null {
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
  const compared = [500, 1000].filter((n) => n <= MOST);
  for (const n of compared) {
    const points = latents(n);
    const sklearn = (found: Sklearn | null, method: string): string => (found ? `scikit-learn ${found.version}, ${method}` : `scikit-learn (${PYTHON} has none)`);
    // a run of ours beside each peer, since the machine's pace may change
    let ours = ourSide(points, 10, true);
    const peer = tsneJsSide(points);
    add(`N ${n}, ms a step`, ours.ms, peer, 'tsne-js');
    toTsneJs = peer / ours.ms;
    ours = ourSide(points, 10, true);
    const druid = await druidSide(points);
    add(`N ${n}, ms a step`, ours.ms, druid, `@saehrimnir/druidjs ${DRUID.version}`);
    toDruid = druid === null ? null : druid / ours.ms;
    const exact = sklearnSide(points, 'exact');
    add(`N ${n}, divergence after 1,000 steps`, ours.kl!, exact?.kl ?? null, sklearn(exact, 'exact'));
    if (exact) klRatio = ours.kl! / exact.kl;
    ours = ourSide(points, 10, true);
    const tree = sklearnSide(points, 'barnes_hut');
    add(`N ${n}, ms a step`, ours.ms, tree?.ms ?? null, sklearn(tree, 'Barnes–Hut'));
  }
  const inPage = await bhtsneSide(compared);
  if (typeof inPage === 'string') add('N 1000, ms a step', ourSide(latents(1000), 10, true).ms, null, `${BHTSNE.name}: ${inPage}`);
  else for (const { n, ours, theirs } of inPage) add(`N ${n}, ms a step, both in a page of Chromium`, ours, theirs, `${BHTSNE.name} ${BHTSNE.version}, Barnes–Hut`);

  const sizes = [5000, 10_000, 30_000, 100_000].filter((n) => n <= MOST);
  const steps = sizes.map((n) => {
    const points = latents(n);
    const { ms, setup } = ourSide(points, 3, false);
    const engine = n <= EXACT_LIMIT ? 'exact' : n <= PAIR_LIMIT ? 'near neighbours, all pairs repel' : 'near neighbours, interpolated';
    const tree = n <= 10_000 ? sklearnSide(points, 'barnes_hut') : null;
    const peerName = tree ? `scikit-learn ${tree.version}, Barnes–Hut` : n <= 10_000 ? `scikit-learn (${PYTHON} has none)` : 'no peer';
    add(`N ${n}, ${engine}, ms a step with its share of the affinities`, ms, tree?.ms ?? null, peerName);
    const theirs = n > EXACT_LIMIT ? sklearnSide(points, 'affinities') : null;
    const kind = n <= EXACT_LIMIT ? 'all pairs' : n <= ALL_PAIRS_LIMIT ? '90 neighbours, exact' : `90 neighbours, recall ${recall(points, 90).toFixed(3)}`;
    add(`N ${n}, affinities, ms (${kind})`, setup, theirs?.ms ?? null, theirs ? `scikit-learn ${theirs.version}, exact neighbours` : 'no peer');
    return ms;
  });
  printTable(table);
  const [first, last] = [sizes.indexOf(10_000), sizes.length - 1];
  const growth = first >= 0 && last > first ? Math.log(steps[last] / steps[first]) / Math.log((sizes[last] * Math.log(sizes[last])) / (sizes[first] * Math.log(sizes[first]))) : null;
  return {
    bench: 'projection',
    rows,
    summary: { timesTsneJsAt1000: toTsneJs, timesDruidjsAt1000: toDruid, divergenceToSklearn: klRatio, growthAgainstNLogN: growth, exactUpTo: EXACT_LIMIT, allPairsUpTo: PAIR_LIMIT },
    aim: 'at N = 1,000 at least 200 x tsne-js, 10 x druidjs and a divergence within 2 % of scikit-learn or below; for many series growth over N log N with an exponent of at most 1.05 and a step under 1 s at N = 100,000',
    met: (toTsneJs ?? 0) >= 200 && (toDruid ?? 0) >= 10 && klRatio !== null && klRatio <= 1.02 && growth !== null && growth <= 1.05 && steps[last] < 1000,
    bounds: BOUNDS,
  };
}
