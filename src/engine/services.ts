import type { MethodId } from '../core/catalog';
import type { Apply, Method, Relevance } from '../core/run';
import type { SeriesSet } from '../core/series/SeriesSet';
import type { ImportPlan, ImportPreview, ImportReport } from '../core/series/reading/plan';
import type { ComingRun } from './backend';
import type { BackendChoice, BackendInfo, EngineEvent, SampleId } from './protocol';

export interface NamedBytes {
  name: string;
  bytes: Blob;
}

export interface ReadResult {
  set: SeriesSet;
  report: ImportReport;
  plan: ImportPlan;
  preview: ImportPreview;
}

/** What the runner needs of the world; a worker, the command line and a test each hand in their own. */
export interface Services {
  readSeries(source: NamedBytes, plan: Partial<ImportPlan> | undefined, onProgress: (bytesRead: number) => void): Promise<ReadResult>;
  sample(id: SampleId): Promise<NamedBytes>;
  method(id: MethodId): Method;
  /** How the trained method labels other series; null where it learns nothing to take along. */
  apply(id: MethodId): Apply | null;
  /** How the method tells which steps speak for a cluster; null where it does not. */
  relevance(id: MethodId): Relevance | null;
  chooseBackend(choice: BackendChoice, coming?: ComingRun): Promise<BackendInfo>;
  /** Tells when the accelerator is lost or makes an error that nobody caught. Returns how to stop listening. */
  onFatal(listener: (error: Error) => void): () => void;
  /** Tells when the backend goes on with less: what it runs on now, and why. Returns how to stop listening. */
  onSlower(listener: (device: string, message: string) => void): () => void;
  /** True for the errors of a lost accelerator. */
  isBackendLost(error: unknown): boolean;
  /** Milliseconds, monotonic. */
  now(): number;
  nextTurn(): Promise<void>;
  version: string;
}

export type Emit = (event: EngineEvent) => void;
