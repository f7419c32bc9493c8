/** The shape of the one store. Types only; slices, reducer and actions lie beside it. */
import type { Checkpoint, Losses, RunSpec } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import type { ImportNote, ImportPlan, ImportPreview, ImportReport } from '../../core/series/reading/plan';
import type { SweepDoing, SweepRow } from '../../core/metrics/sweep';
import type { Validity } from '../../core/metrics/validity';
import type { NamesToFind } from './foundNames';
import type { RunToRepeat } from './runFile';
import type { BackendChoice, BackendInfo, ExportFile, Failure, ImputationError, Metrics, RunStart, RunState, SampleId, Source, SweepOrder, SweepReport } from '../../engine/protocol';

export interface DatasetState {
  status: 'empty' | 'opening' | 'ready' | 'failed';
  requestId: number;
  name: string;
  /** The sample that it is, if so. */
  sample: SampleId | null;
  bytesRead: number;
  bytesTotal: number;
  preview: ImportPreview | null;
  plan: ImportPlan | null;
  /** Replaced whole. */
  set: SeriesSet | null;
  report: ImportReport | null;
  failure: Failure | null;
}

/** One recorded epoch; what every chart shows when the slider stands on it. */
export interface EpochRecord {
  epoch: number;
  losses: Losses | null;
  seconds: number;
  /** null when the snapshot of this epoch was skipped or dropped for memory. */
  shot: {
    assignments: Int32Array;
    confidence: Float32Array;
    /** Original units, cell `start.gaps[g]`. */
    imputed: Float64Array;
    /** [N, T] in [0, 1]; once it is made. */
    relevance?: Float32Array;
    metrics: Metrics | null;
    imputation: ImputationError | null;
  } | null;
  /** Told while the run rested on this epoch. */
  validity?: { validity: Validity; silhouettes: Float32Array | null };
  /** [N, 2] */
  map: Float32Array | null;
  mapMethod: 'pca' | 'tsne' | 'umap' | 'tsne-js' | null;
}

export interface RunSliceState {
  runId: number;
  status: 'idle' | 'starting' | RunState;
  /** Programs that a GPU has compiled for the run, of those needed; null while none are being compiled. */
  compiling: { ready: number; needed: number } | null;
  /** The share of the affinities that are made for the map of an epoch; null while none are being made. */
  mapping: { epoch: number; ready: number } | null;
  /** The share of the heat map of an epoch that is made; null while none is being made. */
  makingRelevance: { epoch: number; ready: number } | null;
  start: RunStart | null;
  epoch: number;
  batch: number;
  batches: number;
  secondsLeft: number | null;
  /** By ascending epoch. Mutated in place; `revision` tells that it changed. */
  history: EpochRecord[];
  revision: number;
  failure: Failure | null;
  optionChanges: readonly { epoch: number; options: RunSpec['options'] }[];
  /** The newest state that training can go on from. */
  checkpoint: Checkpoint | null;
  /** What the person calls clusters, by number. */
  clusterNames: Readonly<Record<number, string>>;
  /** Things the person should know, oldest first; the shell puts them into words. */
  notices: readonly Notice[];
}

export type Notice =
  | { kind: 'backendChanged'; backend: BackendInfo; epoch: number }
  /** What the engine says in words. */
  | { kind: 'said'; message: string }
  | { kind: 'historyThinned'; dropped: number }
  /** Cluster names of a run.json: those whose clusters were found again, and the others. */
  | { kind: 'namesFound'; from: string; found: readonly string[]; lost: readonly string[] }
  | { kind: 'mended'; epoch: number; learningRate: number };

export interface ExportedFile {
  name: string;
  mime: string;
  blob: Blob;
}

export interface ExportsState {
  status: 'idle' | 'working' | 'ready' | 'failed';
  requestId: number;
  files: readonly ExportedFile[];
  /** What differs from the person's own file besides the filled cells. */
  notes: readonly ImportNote[];
  failure: Failure | null;
}

/** The sweep over K, running or the last one. */
export interface SweepState {
  status: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  requestId: number;
  order: SweepOrder | null;
  doing: SweepDoing | null;
  secondsLeft: number | null;
  rows: readonly SweepRow[];
  report: SweepReport | null;
  /** sweep.json. */
  file: string | null;
  failure: Failure | null;
}

export interface SelectionState {
  /** Series indices, ascending. */
  series: readonly number[];
  /** The cluster that was selected as a whole, if so. */
  cluster: number | null;
  hover: number | null;
  /** Panel that made the selection. */
  source: string;
}

export type PanelId = 'losses' | 'map' | 'clusters' | 'series' | 'scores' | 'table';

export interface AppState {
  engine: { ready: boolean; alive: boolean; backendChoice: BackendChoice; threads: number | null; backend: BackendInfo | null; failure: Failure | null };
  dataset: DatasetState;
  experiment: RunSpec;
  /** Mark of the file (never its name) that the number of clusters and epochs are for. */
  experimentFor: string;
  /** A run.json (or, without a name, a link) whose settings were taken over; null once put away. */
  toRepeat: RunToRepeat | null;
  /** Cluster names of a run.json that are given back once a run on its data finds their clusters. */
  namesToFind: NamesToFind | null;
  run: RunSliceState;
  selection: SelectionState;
  exports: ExportsState;
  sweep: SweepState;
  view: {
    /** null = follow the live epoch. */
    epoch: number | null;
    /** Which page of the workbench is open. */
    step: 'data' | 'explore' | 'export';
    /** Whether the panel that helps to choose K is open. */
    choosingK: boolean;
    language: 'en' | 'ko';
    theme: 'light' | 'dark' | 'system';
    colourBy: 'cluster' | 'label';
    projector: 'tsne' | 'umap' | 'pca' | 'tsne-js';
  };
}

export interface Actions {
  open(source: Source): void;
  /** Takes over the settings of a run.json, and how it read its file when that file is open or opened next; false when the text is none. */
  repeatRun(from: string, text: string): boolean;
  forgetRepeat(): void;
  changePlan(plan: ImportPlan): void;
  closeDataset(): void;
  changeExperiment(change: Partial<Omit<RunSpec, 'version' | 'options'>>): void;
  changeOption(key: string, value: RunSpec['options'][string]): void;
  chooseBackend(choice: BackendChoice): void;
  /** Threads of WASM; null for as many as are worth it. */
  chooseThreads(threads: number | null): void;
  /** Starts a fresh run of the experiment. */
  train(): void;
  /** Goes on from the newest checkpoint under the experiment as it is now; epochs before it are kept. */
  continueRun(): void;
  /** Adds epochs to a run that is done and goes on. */
  trainMore(epochs: number): void;
  /** After a divergence: learning rate × 0.3, then {@link Actions.continueRun}. */
  mend(): void;
  pause(): void;
  resume(): void;
  /** One epoch, then pause; starts a run when there is none. */
  step(): void;
  stop(): void;
  /** Drops the run; the next Train starts from the same seed, or from a new one. */
  reset(seed: 'same' | 'new'): void;
  showEpoch(epoch: number | null): void;
  select(series: readonly number[], source: string, mode?: 'replace' | 'add' | 'subtract'): void;
  selectCluster(cluster: number, source: string): void;
  clearSelection(): void;
  hover(series: number | null): void;
  exportFiles(files: ExportFile[]): Promise<void>;
  /** Tries every K of the order on the experiment as it is. */
  startSweep(order: Omit<SweepOrder, 'spec'>): void;
  /** Ends the sweep; the rows that are done stay. */
  stopSweep(): void;
  /** Calls a cluster by name until the next fresh run; an empty one gives its number back. */
  nameCluster(cluster: number, name: string): void;
  dismissNotice(index: number): void;
  /** Puts away the engine's last error outside a run. */
  dismissFailure(): void;
  setView(change: Partial<AppState['view']>): void;
}

export type Store = AppState & { actions: Actions };

/** The record every chart shows: that of the chosen epoch, or the newest with a snapshot. */
export function shownRecord({ run, view }: AppState): EpochRecord | null {
  return recordUpTo(run.history, view.epoch);
}

/** The newest record with a snapshot, not after the epoch `wanted`; null: of all. */
export function recordUpTo(history: readonly EpochRecord[], wanted: number | null): EpochRecord | null {
  for (let i = history.length - 1; i >= 0; i--) {
    if (history[i].shot !== null && (wanted === null || history[i].epoch <= wanted)) return history[i];
  }
  return null;
}
