/** Compiles what a run will ask of a GPU before it asks: many programs at a time, with this thread free meanwhile. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env } from '@tensorflow/tfjs-core';
import { nextTurn } from '../turn';
import { BackendLostError, onFatal } from './loss';

/** A run that is gone through without a GPU, so that its programs become known. */
export interface Rehearsal {
  /** Computes what the run computes; the values mean nothing. */
  perform(): AsyncGenerator<unknown, void, void>;
  /** Programs that are ready, of those that are needed; 0 of 0 while they are looked for. */
  hear(ready: number, needed: number): void;
  stopped(): boolean;
}

type Pipelines = Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;

/** Milliseconds between two looks at whether the run was stopped. */
const LOOK = 50;
const COMPILE_ONLY = 'WEBGPU_ENGINE_COMPILE_ONLY';

let compiling: Promise<unknown> = Promise.resolve();

/** Resolves when no program is being compiled any more. */
export const compiled = (): Promise<unknown> => compiling;

/**
 * Rehearses on tfjs's webgpu backend, which must be the current one, and waits for the programs. Returns early once
 * stopped; what is being compiled goes on, see {@link compiled}. A program that fails here is compiled where it is
 * used, and its error is heard there.
 *
 * @param limit milliseconds that compiling may take
 * @throws BackendLostError when the GPU is lost meanwhile
 * @throws Error past the limit
 */
export async function compileAhead({ perform, hear, stopped }: Rehearsal, limit = Infinity): Promise<void> {
  const gpu = backend() as WebGPUBackend;
  hear(0, 0);
  await rehearse(gpu, perform, stopped);
  const pipelines = (gpu as unknown as { pipelineCache: Pipelines }).pipelineCache;
  const waiting = Object.keys(pipelines).filter((key) => pipelines[key] instanceof Promise);
  if (waiting.length === 0) return;
  let ready = 0;
  const over = (): void => hear((ready += 1), waiting.length);
  const all = Promise.all(waiting.map((key) => settle(pipelines, key).then(over)));
  compiling = all;
  await first(all, stopped, limit);
}

async function settle(pipelines: Pipelines, key: string): Promise<void> {
  try {
    pipelines[key] = await pipelines[key];
  } catch {
    delete pipelines[key];
  }
}

/** With tfjs asking for pipelines asynchronously and recording nothing; what is read back is noise in [0, 1). */
async function rehearse(gpu: WebGPUBackend, perform: Rehearsal['perform'], stopped: () => boolean): Promise<void> {
  gpu.getBufferData = async ({ size }) => Float32Array.from({ length: size / 4 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 0) / 2 ** 32).buffer;
  env().set(COMPILE_ONLY, true);
  try {
    for await (const _ of perform()) {
      if (stopped()) break;
      await nextTurn();
    }
  } catch {
    // the run itself will say what is wrong
  } finally {
    env().set(COMPILE_ONLY, false);
    delete (gpu as { getBufferData?: unknown }).getBufferData; // what is left is the method of the class
  }
}

/** Until `all` is there or `stopped` says so; rejects when the GPU is lost, and past the limit. */
async function first(all: Promise<unknown>, stopped: () => boolean, limit: number): Promise<void> {
  const started = performance.now();
  let end = (): void => {};
  const ended = new Promise<void>((resolve, reject) => {
    const look = setInterval(() => {
      if (stopped()) resolve();
      if (performance.now() - started > limit) reject(new Error(`its programs took longer than ${limit / 1000} s to compile`));
    }, LOOK);
    const deaf = onFatal((error: BackendLostError) => reject(error));
    end = () => {
      clearInterval(look);
      deaf();
    };
  });
  try {
    await Promise.race([all, ended]);
  } finally {
    end();
  }
}
