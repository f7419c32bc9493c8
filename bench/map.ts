/**
 * Claim: one step of the map costs at least 100 times less than one of tsne-js. The peer is timed up to its limit; our
 * own step, the affinities of a new epoch, the F-update and k-means also at larger sizes.
 */
import { kMeans } from '../src/core/clustering/kMeans';
import { spectralIndicator } from '../src/core/clustering/spectralIndicator';
import { matrix, type Matrix } from '../src/core/lib/matrix';
import { Random } from '../src/core/lib/random';
import { createTsne } from '../src/core/projection/tsne/tsne';
import { TSNE_JS_LIMIT, tsneJs } from '../src/core/projection/tsneJs';
import { digits, printTable, timing, type Result } from './timing';

const AIM = 100;
const WIDTH = 100;
const PEER_STEPS = 110;

/** Four groups in 100 dimensions. */
function latents(n: number): Matrix {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 4 * WIDTH }, () => 2 * random.normal());
  return matrix(n, WIDTH, Float32Array.from({ length: n * WIDTH }, (_, at) => centres[(Math.floor(at / WIDTH) % 4) * WIDTH + (at % WIDTH)] + random.normal()));
}

function median(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return timing(times).median;
}

/** The whole of tsne-js, affinities too, shared out over its steps. */
function peerStep(points: Matrix): number {
  let taken = 1;
  const whole = median(3, () => (taken = tsneJs(points, { seed: 1, iterations: PEER_STEPS }).iteration));
  return whole / taken;
}

export async function map(): Promise<Result> {
  const table = [['series', 'step ms', 'tsne-js step ms', 'ratio', 'affinities ms', 'F-update ms', 'k-means ms']];
  const rows: Result['rows'] = [];
  for (const n of [100, 200, 300, 500, 1000, 2000]) {
    const points = latents(n);
    const tsne = createTsne(points, { seed: 1 });
    const ours = median(25, () => tsne.step(10)) / 10;
    const peer = n <= TSNE_JS_LIMIT ? peerStep(points) : null;
    const ratio = peer === null ? null : peer / ours;
    const others = [median(5, () => tsne.update(points)), median(5, () => spectralIndicator(points, 4)), median(5, () => kMeans(points, 4, new Random(1)))];
    table.push([String(n), digits(ours), peer === null ? '-' : digits(peer), ratio === null ? '-' : digits(ratio), ...others.map(digits)]);
    rows.push({ case: `${n} series`, ours, peer, peerName: 'tsne-js', ratio });
  }
  printTable(table);
  const worst = Math.min(...rows.flatMap(({ ratio }) => ratio ?? []));
  return { bench: 'map', rows, summary: { leastRatio: worst }, aim: `a step at least ${AIM} times faster than tsne-js`, met: worst >= AIM };
}
