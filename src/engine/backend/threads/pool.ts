/** The threads that share the memory of WASM with the calling one, and take parts of its kernel calls. */
import type { WasmThreads } from '../../../core/nn/kernels/wasmThreads';
import { BackendLostError } from '../loss';
import { CALL, DONE, EXPORT, FAILED, LEFT, MODULE, ROUND, takeJob, WORDS, type Assignment } from './control';

/** A thread that runs serveJobs; a page and Node each have their own. */
export interface ThreadPort {
  start(assignment: Assignment): void;
  /** Calls `ready` once its modules stand, `dead` when it ends by itself, with what it said. */
  listen(ready: () => void, dead: (why: string) => void): void;
  terminate(): void;
}

export interface ThreadPool extends WasmThreads {
  /** A thread did not end its job: it may still write into the memory, which must not be used any more. */
  readonly hung: boolean;
  /** Ends the threads; the calling one goes on alone. */
  stop(): void;
}

interface Options {
  /** How many compute, with the calling one; at least 2. */
  count: number;
  memory: WebAssembly.Memory;
  modules: WebAssembly.Module[];
  spawn(): ThreadPort;
  /** Told when a thread has died; the jobs go to those that are left. */
  onDeath(left: number): void;
  /** Milliseconds without a job done after which a thread counts as hung. */
  patience?: number;
}

/** Milliseconds in which a thread must be ready, and in which it must end a job, or 20 times what the caller needs for one. */
const READY = 10_000;
const PATIENCE = 4000;
const LONGER = 20;
/** A computer that slept loses one of these, not the whole time. */
const SLICES = 8;

/**
 * Starts threads and resolves when all stand.
 * @throws Error when one cannot start
 */
export async function startThreads({ count, memory, modules, spawn, onDeath, patience = PATIENCE }: Options): Promise<ThreadPool> {
  const control = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  const exports = new Map(modules.map((module, at) => [module as object, { at, names: WebAssembly.Module.exports(module).map(({ name }) => name) }]));
  const ports = new Set<ThreadPort>();
  let started = false;
  let hung = false;
  const stop = (): void => {
    for (const port of ports) port.terminate();
    ports.clear();
  };

  const ready = Array.from({ length: count - 1 }, () => {
    const port = spawn();
    ports.add(port);
    return new Promise<void>((stands, fails) => {
      const timer = setTimeout(() => fails(new Error('a thread did not start in time')), READY);
      port.listen(
        () => {
          clearTimeout(timer);
          stands();
        },
        (why) => {
          clearTimeout(timer);
          if (ports.delete(port) && started) onDeath(ports.size + 1);
          fails(new Error(`a thread ended at its start, ${why}`));
        },
      );
      port.start({ control, memory, modules });
    });
  });
  await Promise.all(ready).catch((error: unknown) => {
    stop();
    throw error;
  });
  started = true;

  /** Waits until the other threads are done with what they have taken. */
  const finish = (jobs: number, longest: number): void => {
    const slice = Math.max(patience, LONGER * longest) / SLICES;
    let silent = 0;
    for (let done = Atomics.load(control, DONE); done < jobs; done = Atomics.load(control, DONE)) {
      silent = Atomics.wait(control, DONE, done, slice) === 'timed-out' ? silent + 1 : 0;
      if (silent < SLICES) continue;
      hung = true;
      stop();
      throw new BackendLostError('A thread of WASM hung in the middle of its work.');
    }
  };

  return {
    get count() {
      return ports.size + 1;
    },
    get hung() {
      return hung;
    },
    stop,
    run(module, name, jobs, call, own) {
      const { at, names } = exports.get(module) ?? { at: -1, names: [] };
      if (at < 0 || ports.size === 0) {
        for (let job = 0; job < jobs; job++) own(job);
        return;
      }
      Atomics.store(control, MODULE, at);
      Atomics.store(control, EXPORT, names.indexOf(name));
      Atomics.store(control, CALL, call);
      Atomics.store(control, DONE, 0);
      Atomics.store(control, FAILED, 0);
      Atomics.store(control, LEFT, jobs);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND, jobs - 1);
      let longest = 0;
      try {
        for (let job = takeJob(control); job >= 0; job = takeJob(control)) {
          const from = performance.now();
          try {
            own(job);
          } finally {
            Atomics.add(control, DONE, 1);
          }
          longest = Math.max(longest, performance.now() - from);
        }
      } catch (error) {
        finish(jobs - Atomics.exchange(control, LEFT, 0), longest); // nobody may write on when the call is over
        throw error;
      }
      finish(jobs, longest);
      if (Atomics.load(control, FAILED) === 1) throw new Error(`${name} failed in a thread`);
    },
  };
}
