import { autocorrelation } from '../distances/autocorrelation';
import { complexityInvariant } from '../distances/complexityInvariant';
import { correlation } from '../distances/correlation';
import type { Distance } from '../distances/Distance';
import { distanceRows, type DistanceMatrix } from '../distances/distanceMatrix';
import { dtw } from '../distances/dtw';
import { euclidean } from '../distances/euclidean';
import { seriesViews, type SeriesView } from '../distances/SeriesView';
import { shapeBased } from '../distances/shapeBased';
import { softDtw } from '../distances/softDtw';
import type { Matrix } from '../lib/matrix';
import type { RunSpec, SizeOf, TrainingData } from '../run';

type Options = RunSpec['options'];

/** The matrix, and a copy in which clusters are merged or affinities stand. */
export const bytesOfPairs: SizeOf = () => ({ bytesAPair: 16 });

type Rows = Generator<number, DistanceMatrix, void>;
type Pairs = (series: readonly SeriesView[]) => Rows;

const pairsBy = <P>(distance: Distance<P>): Pairs => (series) => distanceRows(series, distance);

/** Distance → how it is made of the options. */
const distances: Record<string, (options: Options) => Pairs> = {
  euclidean: () => pairsBy(euclidean()),
  dtw: ({ window }) => pairsBy(dtw({ window: bandOf(window) })),
  softDtw: ({ gamma }) => pairsBy(softDtw({ gamma: Number(gamma) })),
  shapeBased: () => pairsBy(shapeBased()),
  complexityInvariant: () => pairsBy(complexityInvariant({ maxFactor: 10 })),
  correlation: () => pairsBy(correlation()),
  autocorrelation: () => pairsBy(autocorrelation()),
};

/** The half width of the Sakoe–Chiba band; 0 stands for none. */
export function bandOf(window: Options[string]): number {
  return Number(window) > 0 ? Number(window) : Number.POSITIVE_INFINITY;
}

/** Distances of all pairs [N, N] by the distance of the options; yields the share that is done. */
export function* distancesOf(data: TrainingData, { options }: RunSpec): Generator<number, Matrix, void> {
  const { distances: matrix } = yield* distances[String(options.distance)](options)(seriesViews(data));
  return matrix;
}
