/** What the threads of WASM tell each other, in words of one shared Int32Array. */

/** Grows by one for each call; threads wait for it. */
export const ROUND = 0;
/** Jobs of the call that nobody has taken. */
export const LEFT = 1;
/** Jobs of the call that are done; the caller waits for it. */
export const DONE = 2;
/** 1 when a job of another thread threw. */
export const FAILED = 3;
/** Which module and which of its exports the jobs call, and with what second argument. */
export const MODULE = 4;
export const EXPORT = 5;
export const CALL = 6;
export const WORDS = 7;

/** The only message to a thread. */
export interface Assignment {
  control: Int32Array;
  memory: WebAssembly.Memory;
  modules: WebAssembly.Module[];
}

/**
 * Takes a job, or returns -1 when none is left. Only after it has one may a thread read what the call is about: the
 * caller changes that no more before the job is done.
 */
export function takeJob(control: Int32Array): number {
  for (;;) {
    const left = Atomics.load(control, LEFT);
    if (left <= 0) return -1;
    if (Atomics.compareExchange(control, LEFT, left, left - 1) === left) return left - 1;
  }
}
