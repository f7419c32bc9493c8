import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { UMAP_LIMIT } from './limits';
import { nearNeighbours } from './neighbours/neighbours';
import { centred } from './pca';
import type { Layout } from './project';
import { fitUmap, UMAP_LEAST, type UmapFit } from './umap';

/** As the library and its paper have them: each point and its 14 nearest, and the least distance on the map. */
const NEIGHBOURS = 15;
const MIN_DIST = 0.1;
/** Epochs and learning rate of a map that goes on from another: less of both than the library's, or clusters drift. */
const WARM = { epochs: 200, learningRate: 0.25 };
/** Moves of points in one uninterrupted stretch: some milliseconds. */
const STRETCH = 2000;
/** Extent of a start, in units of the map; of the noise that parts equal points. */
const START_SIZE = 10;
const NOISE_SIZE = 1e-4;
/** Making the graph takes some three times as long as finding the neighbours of a few thousand points. */
const NEIGHBOURS_SHARE = 0.25;

type Pace = Partial<typeof WARM>;

/**
 * UMAP in two dimensions, epoch by epoch, from the PCA map on; null for so few points that they have no neighbourhoods.
 * Other points of the same series go on from where the map stands, in 200 epochs.
 *
 * @param points x [N, M]
 * @param scores the PCA map [N, 2] of the points
 * @throws InputError when there are too many points or a coordinate is not finite
 *
 * Differs: starts from PCA where the library starts at random; all nearest
 * neighbours up to the limit, where the library has nearly all.
 * Source: McInnes, Healy and Melville (2018).
 */
export function createUmap(points: Matrix, { seed, scores }: { seed: number; scores: Float64Array }): Layout | null {
  const n = points.rows;
  check(n <= UMAP_LIMIT, `UMAP takes at most ${UMAP_LIMIT} series, and there are ${n}: choose t-SNE or PCA`);
  if (n < UMAP_LEAST) return null;
  const random = new Random(seed);
  let map = startMap(scores, random);
  let fit: UmapFit | null = null;
  let taken = 0;
  let iteration = 0;
  let ready = 0;
  let making: Generator<number, UmapFit, void>;

  const begin = (next: Matrix, pace: Pace = {}): void => {
    making = graphOf(next, pace, random);
    fit = null;
    [ready, taken] = [0, 0];
  };
  const prepare = (): void => {
    const { done, value } = making.next();
    if (!done) return void (ready = value);
    fit = value;
    ready = 1;
    fit.rows().forEach((row, i) => [row[0], row[1]] = [map[2 * i], map[2 * i + 1]]);
  };
  begin(points);

  return {
    n,
    get iteration() {
      return iteration;
    },
    get ready() {
      return ready;
    },
    get done() {
      return fit !== null && taken >= fit.epochs;
    },
    prepare,
    map: () => map.slice(),
    step(steps) {
      while (fit === null) prepare();
      const count = Math.min(steps, fit.epochs - taken, Math.max(1, Math.floor(STRETCH / n)));
      for (let epoch = 0; epoch < count; epoch++) fit.step();
      taken += count;
      iteration += count;
      map = Float64Array.from(fit.rows().flat());
    },
    update: (next) => begin(next, WARM),
    klDivergence: () => null,
  };
}

/** The fit of the points, ready for its epochs; yields the share of the work that is done. */
function* graphOf(points: Matrix, pace: Pace, random: Random): Generator<number, UmapFit, void> {
  const { rows: n, columns: m } = points;
  const x = unitSize(centred(points));
  const neighbours = Math.min(NEIGHBOURS, n - 1);
  const search = nearNeighbours(x, n, m, neighbours - 1);
  let found = search.next();
  for (; !found.done; found = search.next()) yield NEIGHBOURS_SHARE * found.value;
  yield NEIGHBOURS_SHARE;
  return fitUmap(matrix(n, m, x), { components: 2, neighbours, minDist: MIN_DIST, ...pace }, random, found.value);
}

/** Points scaled so that the greatest coordinate is 1: what is near does not depend on scale. */
function unitSize(x: Float64Array): Float64Array {
  const greatest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return greatest > 0 ? x.map((value) => value / greatest) : x;
}

function startMap(scores: Float64Array, random: Random): Float64Array {
  return unitSize(scores).map((value) => START_SIZE * value + NOISE_SIZE * random.normal());
}
