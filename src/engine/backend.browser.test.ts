import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { backend, fill, getBackend, memory, ones, sum } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BackendLostError, chooseBackend, initialise, onFatal } from './backend';
import { fasterOf, type Candidate } from './backend/faster';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const adapter = (await navigator.gpu?.requestAdapter()) ?? null;
const software = adapter?.info.architecture === 'swiftshader';
const without = adapter ? '' : ' (skipped: this browser has no WebGPU adapter)';

const device = (): GPUDevice => (backend() as WebGPUBackend).device;

/** The total of `n` ones, computed on the current backend. */
async function total(n: number): Promise<number> {
  const series = ones([n]);
  const result = sum(series);
  const [value] = await result.data();
  series.dispose();
  result.dispose();
  return value;
}

/** A program that adds up more buffers than a device allows. */
function tooManyBuffers(count: number): WebGPUProgram {
  const variableNames = Array.from({ length: count }, (_, i) => `x${i}`);
  return {
    variableNames,
    outputShape: [1],
    workgroupSize: [1, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [1, 1, 1],
    shaderKey: `tooManyBuffers_${count}`,
    getUserCode: () => `fn main(index: i32) { result[index] = ${variableNames.map((x) => `${x}[0]`).join(' + ')}; }`,
  };
}

beforeAll(async () => {
  initialise({ wasmBinary: await (await fetch(wasmUrl)).arrayBuffer() });
});

describe('the choice of a backend in a browser', () => {
  it.skipIf(adapter !== null && !software)('never takes a software adapter by itself', async () => {
    const { name, reason } = await chooseBackend('auto');
    expect(name).toBe('wasm');
    expect(reason).toMatch(adapter ? /emulated in software.*WASM is available/ : /WebGPU.*WASM is available/);
    expect(getBackend()).toBe('wasm');
    expect(await total(1001)).toBe(1001);
  });
});

describe.skipIf(!adapter)(`WebGPU under tfjs${without}`, () => {
  const errors: Error[] = [];
  let stop = (): void => {};
  const watch = (): Promise<Error> =>
    new Promise((resolve) => {
      stop = onFatal((error) => {
        errors.push(error);
        resolve(error);
      });
    });

  afterEach(() => {
    stop();
    errors.length = 0;
  });

  it('is taken when it is asked for, and says which adapter that is', async () => {
    const { name, device, reason } = await chooseBackend('webgpu');
    expect(name).toBe('webgpu');
    expect(device).not.toBe('');
    if (software) {
      expect(device).toMatch(/swiftshader/i);
      expect(reason).toContain('emulated in software');
    }
    expect(await total(2000)).toBe(2000);
  });

  it('keeps its device while that is sound', async () => {
    await chooseBackend('webgpu');
    const first = device();
    await chooseBackend('wasm');
    await chooseBackend('webgpu');
    expect(device()).toBe(first);
  });

  it('notices a lost device once, and goes on with a new one or with WASM', async () => {
    await chooseBackend('webgpu');
    const kept = ones([2000]);
    await sum(kept).data();
    const first = device();
    const news = watch();
    first.destroy();
    expect(await news).toBeInstanceOf(BackendLostError);

    await chooseBackend('webgpu');
    expect(device()).not.toBe(first);
    expect(await total(2001)).toBe(2001);

    device().destroy();
    await vi.waitFor(() => expect(errors.length).toBe(2));
    expect((await chooseBackend('wasm')).name).toBe('wasm');
    expect(await total(2002)).toBe(2002);
    expect(() => kept.dispose()).not.toThrow();
  });

  it('takes an error that nobody caught for a loss', async () => {
    await chooseBackend('webgpu');
    const webgpu = backend() as WebGPUBackend;
    const first = webgpu.device;
    const inputs = Array.from({ length: 40 }, (_, i) => fill([1], i));
    const news = watch();
    const result = webgpu.runWebGPUProgram(tooManyBuffers(inputs.length), inputs, 'float32');
    await webgpu.read(result.dataId).catch(() => undefined);
    expect((await news).message).toMatch(/made an error/);
    await chooseBackend('webgpu');
    expect(device()).not.toBe(first);
    expect(await total(2003)).toBe(2003);
    expect(errors.length).toBe(1);
    for (const input of inputs) input.dispose();
  });

  const both: Candidate[] = [
    { name: 'webgpu', start: () => chooseBackend('webgpu') },
    { name: 'wasm', start: () => chooseBackend('wasm') },
  ];

  it('is measured beside WASM by the same trial, and the shorter time is taken', async () => {
    const info = await fasterOf(both, async function* trial() {
      for (let epoch = 1; epoch <= 4; epoch++) {
        await total(5000);
        yield epoch;
      }
    });
    const times = info.measured?.map(({ ms }) => ms ?? Number.NaN) ?? [];
    expect(times.every(Number.isFinite)).toBe(true);
    expect(info.name).toBe(times[0] <= times[1] ? 'webgpu' : 'wasm');
    expect(getBackend()).toBe(info.name);
  });

  it('gives way to WASM when the device is lost in the trial', async () => {
    const info = await fasterOf(both, async function* trial() {
      for (let epoch = 1; epoch <= 4; epoch++) {
        await total(5001);
        if (getBackend() === 'webgpu' && epoch === 2) {
          device().destroy();
          await new Promise(() => {});
        }
        yield epoch;
      }
    });
    expect(info.name).toBe('wasm');
    expect(info.measured?.[0]).toMatchObject({ name: 'webgpu', ms: null });
    expect(info.reason).toMatch(/WebGPU could not be measured: The GPU .* was lost/);
    expect(await total(5002)).toBe(5002);
  });

  it('leaves no tensor behind', async () => {
    await chooseBackend('webgpu');
    const before = memory().numTensors;
    await total(3000);
    expect(memory().numTensors).toBe(before);
  });
});
