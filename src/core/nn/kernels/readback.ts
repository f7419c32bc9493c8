/** Reads what an epoch leaves behind, on a GPU all at once: a readback waits for everything that was asked of it. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, getBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl } from './wgslProgram';

type Take = (values: Float32Array) => void;

/** Values that wait on a GPU at most (16 MB), and milliseconds that they wait at most: a divergence is noticed by then. */
const MOST = 4_194_304;
const PATIENCE = 10_000;
/** Batches that a GPU may be behind, so that pause and stop act soon. */
const QUEUE = 4;

const copyCode = `
  fn main(index: i32) {
    if (index < uniforms.count) { result[uniforms.start + index] = part[index]; }
  }`;

/**
 * What `compute` returns, once everything that it gave to the readback has been taken.
 *
 * @param expected count of all values
 */
export async function* readTogether<R, A>(expected: number, compute: (readback: Readback) => AsyncGenerator<R, A, void>): AsyncGenerator<R, A, void> {
  const readback = new Readback(expected);
  try {
    const result = yield* compute(readback);
    await readback.finish();
    return result;
  } finally {
    readback.dispose();
  }
}

/** Tensors, each with what is to be done with its values, which happens in order. */
export class Readback {
  readonly #expected: number;
  readonly #waiting: { at: number; size: number; take: Take }[] = [];
  #gpu: WebGPUBackend | null = null;
  #buffer: TensorInfo | null = null;
  #used = 0;
  #since = 0;
  #behind = 0;

  /** @param expected count of all values */
  constructor(expected: number) {
    this.#expected = expected;
  }

  /** Takes the tensor over and disposes it. On backends that compute at once its values are taken at once. */
  async add(tensor: Tensor, take: Take): Promise<void> {
    if (getBackend() !== 'webgpu') {
      const values = (await tensor.data()) as Float32Array;
      tensor.dispose();
      return take(values);
    }
    const gpu = (this.#gpu = backend() as WebGPUBackend);
    const { size } = tensor;
    if (this.#buffer && this.#used + size > this.#buffer.shape[0]) await this.finish();
    if (!this.#buffer) {
      this.#buffer = emptyBuffer(gpu, 'readback', Math.max(size, Math.min(this.#expected, MOST)), 'what is read back');
      this.#since = Date.now();
    }
    runWgsl(gpu, { key: 'readback', code: copyCode, inputs: { part: tensor }, uniforms: { start: this.#used, count: size }, workgroup: [64, 1, 1], elements: size }, this.#buffer);
    tensor.dispose();
    this.#waiting.push({ at: this.#used, size, take });
    this.#used += size;
    if (Date.now() - this.#since > PATIENCE) return this.finish();
    if ((this.#behind += 1) === QUEUE) await this.#catchUp(gpu);
  }

  /** Reads what waits. */
  async finish(): Promise<void> {
    if (!this.#buffer) return;
    const values = (await this.#gpu!.read(this.#buffer.dataId)) as Float32Array;
    const waiting = this.#waiting.splice(0);
    this.dispose();
    for (const { at, size, take } of waiting) take(values.subarray(at, at + size));
  }

  /** Drops what waits. */
  dispose(): void {
    if (this.#buffer) this.#gpu!.disposeData(this.#buffer.dataId);
    this.#buffer = null;
    this.#waiting.length = 0;
    this.#used = 0;
    this.#behind = 0;
  }

  async #catchUp(gpu: WebGPUBackend): Promise<void> {
    this.#behind = 0;
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.submitQueue();
    await gpu.device.queue.onSubmittedWorkDone();
  }
}
