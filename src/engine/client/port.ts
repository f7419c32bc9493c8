import type { SampleId, Source } from '../protocol';

/** What the client needs of a Worker; a test hands in one of its own. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: { message?: string; preventDefault?: () => void }) => void) | null;
}

/** What the client needs of the page. */
export interface Surroundings {
  engine(): Port;
  projector(): Port;
  reference(): Port;
  /** A sample that is a file beside the page, since no worker may fetch it; null for one that the worker makes. */
  sampleFile(id: SampleId): Promise<Source> | null;
  /** The WASM binary of the tensor backend; null where it cannot be fetched. */
  wasmBinary(): Promise<ArrayBuffer | null>;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls back at an interval; returns how to end it. */
  every(milliseconds: number, callback: () => void): () => void;
}
