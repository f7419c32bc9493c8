/**
 * The whole boundary between threads: commands in, events out, all plain data that survives structuredClone.
 * Every event of a run carries its runId; the reducer drops those of a run that is no longer current.
 */
import type { MaskedError } from '../core/metrics/maskedError';
import type { Scores } from '../core/metrics/scoreAll';
import type { Validity } from '../core/metrics/validity';
import type { Sweep, SweepDoing, SweepRow } from '../core/metrics/sweep';
import type { Checkpoint, Losses, RunSpec } from '../core/run';
import type { SeriesSet } from '../core/series/SeriesSet';
import type { ImportNote, ImportPlan, ImportPreview, ImportReport } from '../core/series/reading/plan';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendChoice = 'auto' | BackendName;

export interface BackendInfo {
  name: BackendName;
  /** Adapter or engine in words, for the badge. */
  device: string;
  /** Why this one: "no WebGPU adapter; WASM SIMD is available". */
  reason: string;
  /** What a trial of the run took on each backend, where `auto` had the choice. */
  measured?: MeasuredBackend[];
}

/** A backend in a trial: milliseconds for an epoch of one batch, or why there are none. */
export interface MeasuredBackend {
  name: BackendName;
  device: string;
  ms: number | null;
  failed: string | null;
}

export type SampleId = (typeof sampleIds)[number];
export const sampleIds = ['cbf20', 'syntheticControl40', 'airQuality', 'messy'] as const;

export type Source =
  | { kind: 'file'; name: string; file: Blob }
  | { kind: 'text'; name: string; text: string }
  | { kind: 'sample'; id: SampleId };

export type Command =
  /** Read a source; answered by `opening`…, then `preview` and `dataset`, or `openFailed`. */
  | { kind: 'open'; requestId: number; source: Source; plan?: Partial<ImportPlan> }
  /** Read the open source again under a changed plan. */
  | { kind: 'reopen'; requestId: number; plan: ImportPlan }
  /** `from` goes on from a checkpoint; `journal` is what had been reported before it. */
  | {
      kind: 'train';
      runId: number;
      spec: RunSpec;
      backend: BackendChoice;
      from?: Checkpoint;
      journal?: Journal;
      /** Options in force now, when the same run is taken up again after they were changed. */
      options?: RunSpec['options'];
      paused?: boolean;
    }
  | { kind: 'pause'; runId: number }
  | { kind: 'resume'; runId: number }
  /** Runs to the end of the current epoch, then pauses. */
  | { kind: 'step'; runId: number }
  | { kind: 'stop'; runId: number }
  /** Loss weights of a live run; options that are as before are ignored. */
  | { kind: 'setOptions'; runId: number; options: RunSpec['options'] }
  /** `clusterNames`: what the person calls clusters, by number. */
  | { kind: 'export'; requestId: number; files: ExportFile[]; map: ExportMap | null; clusterNames?: Readonly<Record<number, string>> }
  /** Tries every K of the order; answered by `sweepDoing` and `sweepRow`…, then `swept` or `sweepFailed`. One at a time; a run that goes on ends it. */
  | { kind: 'sweep'; requestId: number; order: SweepOrder; backend: BackendChoice }
  /** Ends it before the next clustering; `swept` tells the rows that are done. */
  | { kind: 'stopSweep'; requestId: number }
  | { kind: 'probeBackends'; requestId: number; choice: BackendChoice };

/** How many threads WASM computes on from the next run on, where the page may share memory; null for as many as are worth it. */
export interface ThreadsCommand {
  kind: 'setThreads';
  threads: number | null;
}

/** What a sweep over K clusters. */
export interface SweepOrder {
  /** The prepared series by k-means, the newest latents of the run by k-means, or the series by the method of the spec, which is trained anew for each K and seed. */
  on: 'series' | 'latents' | 'method';
  from: number;
  to: number;
  /** Seeded clusterings of each K, and as many pairs of halves of the data. */
  repeats: number;
  /** How the series are prepared, the seed, and the method. For `latents`, that of the run counts. */
  spec: RunSpec;
}

/** What sweep.json says. */
export interface SweepReport extends Sweep {
  space: 'prepared series' | 'latents';
  distance: 'Euclidean';
  clustering: string;
  /** What filled the gaps of the prepared series; null where there are none, or for latents. */
  filling: string | null;
  preparation: RunSpec['preparation'];
  /** Observed values that its steps make nothing of, a sentence each. */
  preparationNotes: readonly string[];
  seed: number;
  /** The run whose latents they are, or the method that was run: what is needed to repeat it. */
  method?: Pick<RunSpec, 'method' | 'epochs' | 'options'> & { clusters?: number; epoch?: number };
  /** Left out where all K that were asked for are done. */
  stopped?: true;
}

/** What the worker hears: the commands, and what the client adds to them. */
export type EngineCommand =
  | Command
  /** First message to a worker. The page fetches the WASM binary, because no worker may reach the network. */
  | { kind: 'init'; wasmBinary: ArrayBuffer | null; threads: ThreadsCommand['threads'] }
  | ThreadsCommand
  /** A snapshot has been taken in; the next may be sent. */
  | { kind: 'ack'; runId: number; epoch: number };

/** What the client takes: the commands, and those that it answers itself. */
export type ClientCommand =
  | Command
  | ThreadsCommand
  /** Which map is drawn; the newest latents are projected anew. Perplexity default: min(30, (N − 1) / 3). */
  | { kind: 'setProjection'; method: ProjectionMethod; perplexity?: number };

/** What a run has reported so far, by epoch; enough to write run.json and the files. */
export interface Journal {
  losses: { epoch: number; losses: Losses; seconds: number }[];
  optionChanges: { epoch: number; options: RunSpec['options'] }[];
  snapshot: RunSnapshot | null;
}

/** Where the series lie in assignments.csv, and how they came there. */
export interface ExportMap {
  /** [N, 2]. */
  places: Float32Array;
  method: ProjectionMethod;
  /** Epoch whose latents were projected. */
  epoch: number;
}

export type ExportFile = 'assignments' | 'imputed' | 'filledCells' | 'latent' | 'relevance' | 'run';

export type RunState = 'running' | 'paused' | 'done' | 'stopped' | 'failed';

/** A sent snapshot: `core` Snapshot with the imputed cells back in original units, and its scores. */
export interface RunSnapshot {
  epoch: number;
  latents: Float32Array;
  latentWidth: number;
  assignments: Int32Array;
  confidence: Float32Array;
  /** Original units, cell `gaps[g]` of the dataset. */
  imputed: Float64Array;
  /** [N, T] in [0, 1]: how much each step speaks for its series' cluster; once it is made. */
  relevance?: Float32Array;
  metrics: Metrics | null;
  imputation: ImputationError | null;
}

/** Scores against the labels; null where the data has none. */
export type Metrics = Scores;

export type ErrorPair = MaskedError;

/** Error on observed cells that were hidden from training, in standard deviations of each variable. */
export interface ImputationError extends ErrorPair {
  /** Cells hidden. */
  hidden: number;
  /** Share of the observed cells that was to be hidden, and that which is. */
  asked: number;
  achieved: number;
  columnMean: ErrorPair;
  linear: ErrorPair;
  /** The same in original units, one entry a variable. */
  perVariable: { variable: string; hidden: number; model: ErrorPair; columnMean: ErrorPair; linear: ErrorPair }[];
}

export interface RunStart {
  spec: RunSpec;
  backend: BackendInfo;
  /** Flat cell indices that `imputed` fills: gaps and hidden cells. */
  gaps: Uint32Array;
  /** Flat cell indices of the hidden observed cells (a subset of `gaps`). */
  hidden: Uint32Array;
  /** Words for beside every score: "fit and scored on all 930 series (pooled)". */
  protocol: string;
  /** Observed values that steps of the preparation make nothing of, a sentence each. */
  notes: readonly string[];
  /** Epoch the run starts after: 0, or that of the checkpoint. */
  fromEpoch: number;
}

export interface Failure {
  /** One clear sentence: what happened, the likely cause, what to do. */
  message: string;
  kind: 'input' | 'backend' | 'diverged' | 'deviceLost' | 'memory' | 'internal';
}

export type EngineEvent =
  | { kind: 'ready' }
  | { kind: 'heartbeat'; busy: boolean }
  | { kind: 'backends'; requestId: number; info: BackendInfo }
  | { kind: 'opening'; requestId: number; bytesRead: number; bytesTotal: number }
  | { kind: 'preview'; requestId: number; preview: ImportPreview }
  | { kind: 'dataset'; requestId: number; set: SeriesSet; report: ImportReport; plan: ImportPlan; name: string }
  | { kind: 'openFailed'; requestId: number; failure: Failure; preview: ImportPreview | null }
  | { kind: 'runStarted'; runId: number; start: RunStart }
  /** The GPU's programs of the run are being compiled: so many of those needed are ready; 0 of 0 while they are looked for. */
  | { kind: 'compiling'; runId: number; ready: number; needed: number }
  | { kind: 'runState'; runId: number; state: RunState; epoch: number }
  | { kind: 'progress'; runId: number; epoch: number; batch: number; batches: number; secondsLeft: number | null }
  | { kind: 'losses'; runId: number; epoch: number; losses: Losses; seconds: number }
  | { kind: 'snapshot'; runId: number; snapshot: RunSnapshot }
  | { kind: 'checkpoint'; runId: number; checkpoint: Checkpoint }
  /** How well the clusters of an epoch are told apart, computed while the run rests. `silhouettes` [N]: of each series, or null. */
  | { kind: 'validity'; runId: number; epoch: number; validity: Validity; silhouettes: Float32Array | null }
  /** This share of the heat map of an epoch is made, while the run rests; 1: it is not waited for. */
  | { kind: 'makingRelevance'; runId: number; epoch: number; ready: number }
  /** The heat map: how much each step speaks for the cluster of its series at that epoch, [N, T] in [0, 1]. */
  | { kind: 'relevance'; runId: number; epoch: number; relevance: Float32Array }
  /** The run goes on from the checkpoint of `epoch`, perhaps on another backend; later epochs come again. */
  | { kind: 'backendChanged'; runId: number; backend: BackendInfo; epoch: number }
  | { kind: 'optionsChanged'; runId: number; epoch: number; options: RunSpec['options'] }
  | { kind: 'runFailed'; runId: number; failure: Failure; lastEpoch: number }
  /** `notes`: what differs from the person's own file besides filled cells: rows put in, texts made safe. */
  | { kind: 'exported'; requestId: number; files: { name: string; mime: string; blob: Blob }[]; notes: ImportNote[] }
  | { kind: 'exportFailed'; requestId: number; failure: Failure }
  | { kind: 'sweepDoing'; requestId: number; doing: SweepDoing; secondsLeft: number | null }
  | { kind: 'sweepRow'; requestId: number; row: SweepRow }
  /** `file`: sweep.json. */
  | { kind: 'swept'; requestId: number; report: SweepReport; file: string }
  | { kind: 'sweepFailed'; requestId: number; failure: Failure }
  /** One sentence the person should know: why the backend changed, that the worker was restarted. */
  | { kind: 'notice'; runId: number | null; message: string }
  /** An error outside any command; a run that is under way goes on. */
  | { kind: 'engineFailed'; failure: Failure };

/** What the client's subscribers hear: the engine, the projections, and whether the worker lives. */
export type ClientEvent = EngineEvent | ProjectionEvent | MappingEvent | { kind: 'engineAlive'; alive: boolean };

export type ProjectionMethod = 'pca' | 'tsne' | 'umap' | 'tsne-js';

/** Projection worker: latents in, map out. A newer `project` replaces one that still runs. */
export type ProjectionCommand =
  | { kind: 'configure'; runId: number; seed: number; perplexity: number | null; method: Exclude<ProjectionMethod, 'tsne-js'> }
  /** `final`: training rests on this epoch, so its map is refined to the end. */
  | { kind: 'project'; runId: number; epoch: number; latents: Float32Array; latentWidth: number; final: boolean }
  /** A map has been taken in; the next may be sent. */
  | { kind: 'ack'; runId: number; epoch: number };

/** Reference worker (tsne-js): one map, then it ends. */
export interface ReferenceCommand {
  runId: number;
  epoch: number;
  latents: Float32Array;
  latentWidth: number;
  perplexity: number | null;
  seed: number;
}

export interface ProjectionEvent {
  kind: 'projection';
  runId: number;
  epoch: number;
  /** [N, 2]. */
  map: Float32Array;
  method: ProjectionMethod;
  iteration: number;
  klDivergence: number | null;
}

/** This share of the affinities of t-SNE, or of the graph of UMAP, is made for an epoch's latents, whose map comes after; 1: it is not waited for. */
export interface MappingEvent {
  kind: 'mapping';
  runId: number;
  epoch: number;
  ready: number;
}

/** The buffers to move instead of copying. */
export function transferables(message: EngineCommand | EngineEvent | ProjectionCommand | ProjectionEvent | MappingEvent): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const collect = (value: unknown, depth: number): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    } else if (depth < 4 && value !== null && typeof value === 'object' && !(value instanceof Blob) && !Array.isArray(value)) {
      for (const part of Object.values(value)) collect(part, depth + 1);
    }
  };
  collect(message, 0);
  return [...buffers];
}
