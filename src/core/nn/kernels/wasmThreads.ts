/**
 * How kernels of the wasm backend use several threads: the rows of a batch are cut into parts, and the parts are jobs
 * that may run at once. A result does not depend on the number of parts, to the last bit.
 */

/** Threads that share tfjs's memory, each with an instance of every module. */
export interface WasmThreads {
  /** How many compute, with the calling one. */
  readonly count: number;
  /**
   * Calls the export `name` of a module as name(job, call) for every job < `jobs`, some of them by `own` in the calling
   * thread, and returns when all are done.
   * @throws Error when a thread has hung: what the jobs wrote is void, and so is the memory that they share
   */
  run(module: object, name: string, jobs: number, call: number, own: (job: number) => void): void;
}

/** Floating-point operations that are worth the waking of a thread. */
const LEAST_OPERATIONS = 2e6;
/** The matrix products take eight rows at a time. */
const LEAST_ROWS = 8;

let threads: WasmThreads | null = null;
let leastOperations = LEAST_OPERATIONS;

/** From now on kernels cut their work for these threads; null: one thread. `least` is for tests: operations of a part. */
export function useThreads(given: WasmThreads | null, least = LEAST_OPERATIONS): void {
  threads = given;
  leastOperations = least;
}

/** The threads that kernels have now. */
export const currentThreads = (): WasmThreads | null => threads;

/** Into how many parts, one a thread at most, a kernel call of so many floating-point operations is cut. */
export function partsOf(operations: number): number {
  return Math.max(1, Math.min(threads?.count ?? 1, Math.floor(operations / leastOperations)));
}

/** Rows of each part of a batch, a multiple of 4, for a kernel call of so many floating-point operations. */
export function rowsOfPart(batch: number, operations: number): number {
  const parts = Math.max(1, Math.min(partsOf(operations), Math.ceil(batch / LEAST_ROWS)));
  return 4 * Math.ceil(batch / parts / 4);
}
