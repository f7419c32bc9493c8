import type { HideMechanism, MethodId, OptionValue, PreparationStep } from './catalog';
import type { SeriesSet } from './series/SeriesSet';

/** What a run is: JSON, saved in run.json, enough to repeat it on the same file. */
export interface RunSpec {
  version: 1;
  method: MethodId;
  /** K, number of clusters. */
  clusters: number;
  seed: number;
  epochs: number;
  options: Record<string, OptionValue>;
  /** `steps` come first, in their order. */
  preparation: { steps?: readonly PreparationStep[]; standardise: 'none' | 'perSeries' | 'perVariable' | 'global' | 'robust' };
  /** Share of the observed cells hidden from training, to measure the imputation. 0 switches it off. */
  hideRate: number;
  /** How they are chosen. Default: cells. */
  hideMechanism?: HideMechanism;
}

/** What a method trains on. Labels are not here, so no method can read them. */
export interface TrainingData {
  n: number;
  t: number;
  d: number;
  /** [N, T, D], prepared; where `mask` is 0: 0, or the filling of an imputer for a method that needs complete series. */
  values: Float32Array;
  /** [N, T, D]; 1 = observed and not hidden. */
  mask: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** [T]; the time of each step, not descending; the step number where left out. */
  time?: Float64Array;
  /** Flat indices of the cells to fill: within a series, `mask` 0 (gaps and hidden cells), ascending. */
  gaps: Uint32Array;
}

/** Mean of each loss term over the batches of one epoch, by the keys of the catalog. */
export type Losses = Record<string, number>;

/** What a model says of the data after an epoch. All arrays are fresh copies. */
export interface Snapshot {
  epoch: number;
  /** H: [N, M]. */
  latents: Float32Array;
  latentWidth: number;
  /** [N] in 0..K-1; cluster numbers are matched to the previous snapshot, so that colours stay. */
  assignments: Int32Array;
  /** [N] in [0, 1]: softmax-free share (1/d_own) / Σ 1/d_k of squared distances to the K centroids. */
  confidence: Float32Array;
  /** Values of `TrainingData.gaps`, in prepared units. */
  imputed: Float32Array;
}

/** Everything needed to go on from the end of an epoch, on the CPU side, as plain data. */
export interface Checkpoint {
  method: MethodId;
  epoch: number;
  arrays: Record<string, Float32Array>;
  /** Random states, counters and the like. */
  numbers: Record<string, number[]>;
}

export type Report =
  | { kind: 'batch'; epoch: number; batch: number; batches: number }
  | { kind: 'epoch'; epoch: number; losses: Losses; snapshot: Snapshot; checkpoint: Checkpoint };

/** Loss weights may change while a method runs; it reads them at each batch. */
export interface LiveOptions {
  readonly options: Readonly<Record<string, OptionValue>>;
}

/**
 * A method: an async generator that is pulled batch by batch. Not pulling it is pausing it; `return()` stops
 * it and frees its tensors. It starts at `from` when given, else at its seeded start. Errors: DivergenceError
 * when a weight, gradient or loss is no longer finite (the last checkpoint is then still good).
 */
export type Method = (data: TrainingData, spec: RunSpec, live: LiveOptions, from?: Checkpoint) => AsyncGenerator<Report, void, void>;

/**
 * What a trained method says of other series: their representations by the weights of a checkpoint, and their labels.
 * Methods with k-means on H fit it on these series, DTC and VaDER keep their clusters (methods.md sections 4.3 and 8.3).
 */
export type Apply = (data: TrainingData, spec: RunSpec, from: Checkpoint) => Promise<Snapshot>;

/**
 * How much each step speaks for the cluster of its series, [N, T] in [0, 1], from the latents and labels of an epoch alone:
 * it can be made whenever a run rests, and training is not changed by it. Yields the share that is made.
 */
export type Relevance = (data: TrainingData, spec: RunSpec, of: Pick<Snapshot, 'latents' | 'assignments'>) => AsyncGenerator<number, Float32Array, void>;

/** What the memory of a run is estimated from. */
export interface ModelSize {
  /** M, width of H. */
  latentWidth: number;
  /** Recurrent units that run for each series of a batch. */
  units: number;
  weights: number;
  /** Bytes for each pair of series: distances, and what is made of them. */
  bytesAPair: number;
}

/** The size of a model with these options on series of D variables; what is left out is that of a method without weights. */
export type SizeOf = (options: RunSpec['options'], d: number) => Partial<ModelSize>;

/** Training left the finite numbers. `stage` names what broke first: a loss, gradient or weight by name. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  constructor(
    readonly stage: string,
    readonly epoch: number,
  ) {
    super(`Training diverged in epoch ${epoch}: ${stage} is no longer finite. Lower the learning rate (for example by 0.3) and go on from the last good epoch.`);
  }
}

export type { SeriesSet };
