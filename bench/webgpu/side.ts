/** What a page of the `step-webgpu` bench offers to the bench outside. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { watchGpu, type GpuCounts } from '../../src/tests/gpuCounts';
import type { Problem } from '../stepProblem';

export interface PageStep {
  /** Milliseconds on the clock, from the first operation to the losses read back. */
  ms: number;
  losses: number[];
  counts: GpuCounts;
}

/** What the device of a page can do at most, measured. */
export interface Limits {
  gflops: number;
  gigabytes: number;
}

/** Speed of one pass of a recurrent kernel. */
export interface KernelSpeed {
  name: string;
  ms: number;
  /** Operations of its matrix products, and bytes of its inputs and outputs. */
  flops: number;
  bytes: number;
}

export interface PageSide {
  /** Starts the backend and makes a step out of the problem; says what it runs on. */
  start(problem: Problem): Promise<string>;
  step(): Promise<PageStep>;
  /** The adapter, or in words why there is none. */
  adapter?(): Promise<{ device: string; software: boolean } | string>;
  limits?(): Promise<Limits>;
  kernels?(): Promise<KernelSpeed[]>;
}

declare global {
  interface Window {
    side: PageSide;
  }
}

const counts = watchGpu();

/** The page's side of the bench: `begin` starts the backend, `make` a step of training. */
export function offer(begin: () => Promise<string>, make: (problem: Problem) => () => Tensor[], more: Partial<PageSide> = {}): void {
  let run: () => Tensor[] = () => [];
  window.side = {
    async start(problem) {
      const device = await begin();
      run = make(problem);
      return device;
    },
    async step() {
      const before = counts();
      const started = performance.now();
      const terms = run();
      const losses = (await Promise.all(terms.map(async (term) => [...(await term.data())]))).flat();
      const ms = performance.now() - started;
      terms.forEach((term) => term.dispose());
      return { ms, losses, counts: counts(before) };
    },
    ...more,
  };
}
