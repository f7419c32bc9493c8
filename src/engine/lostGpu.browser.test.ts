import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, without } from '../tests/browserBackends';
import { initialise } from './backend';
import type { EngineCommand, EngineEvent } from './protocol';
import { realServices } from './realServices';
import { opened, spec, testServices, type Conversation } from './testing/fixtures';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const binary = await (await fetch(wasmUrl)).arrayBuffer();
const { readSeries } = testServices();
const services = { ...realServices, readSeries };
const options = { hiddenUnits: 4, batchSize: 8 };

async function train(conversation: Conversation, runId: number, choice: 'webgpu' | 'wasm', onEpoch: (epoch: number) => void = () => {}): Promise<void> {
  conversation.runner.handle({ kind: 'train', runId, spec: { ...spec, options }, backend: choice });
  for (let epoch = 1; epoch <= spec.epochs; epoch++) {
    await conversation.until((event) => event.kind === 'losses' && event.runId === runId && event.epoch === epoch);
    onEpoch(epoch);
  }
  await conversation.runner.idle();
}

const lossesOf = (conversation: Conversation, runId: number): Extract<EngineEvent, { kind: 'losses' }>[] => conversation.of('losses').filter((event) => event.runId === runId);

describe.skipIf(!adapter)(`a run whose GPU is lost${without}`, () => {
  beforeAll(() => initialise({ wasmBinary: binary.slice(0) }));

  it('goes on from the last epoch on a new device, with the losses of an undisturbed run', async () => {
    const conversation = await opened(services);
    await train(conversation, 1, 'wasm');
    const before = memory().numTensors;
    await train(conversation, 2, 'webgpu', (epoch) => {
      if (epoch === 2) (backend() as WebGPUBackend).device.destroy();
    });
    expect(conversation.of('runState').at(-1)).toMatchObject({ runId: 2, state: 'done', epoch: spec.epochs });
    expect(conversation.of('backendChanged').length).toBe(1);
    expect(conversation.of('backendChanged')[0]).toMatchObject({ runId: 2, backend: { name: 'webgpu' } });

    const disturbed = lossesOf(conversation, 2);
    expect(disturbed.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const [e, { losses }] of lossesOf(conversation, 1).entries()) {
      for (const [term, value] of Object.entries(losses)) expect(Math.abs(disturbed[e].losses[term] - value), `${term} after epoch ${e + 1}`).toBeLessThan(1e-3);
    }
    await vi.waitFor(() => expect(memory().numTensors).toBe(before));
  });
});

describe('the engine in its worker', () => {
  it('starts from bytes that were handed over, and says what it computes on', async () => {
    const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
    const heard: EngineEvent[] = [];
    worker.addEventListener('message', ({ data }: MessageEvent<EngineEvent>) => heard.push(data));
    const send = (command: EngineCommand): void => worker.postMessage(command, { transfer: [] });
    const answer = (requestId: number): Promise<EngineEvent> =>
      vi.waitFor(() => heard.find((event) => event.kind === 'backends' && event.requestId === requestId) ?? Promise.reject(new Error(JSON.stringify(heard))), { timeout: 30_000, interval: 50 });

    send({ kind: 'init', wasmBinary: binary.slice(0), threads: null });
    send({ kind: 'probeBackends', requestId: 1, choice: 'wasm' });
    expect(await answer(1)).toMatchObject({ info: { name: 'wasm' } });
    if (adapter) {
      send({ kind: 'probeBackends', requestId: 2, choice: 'webgpu' });
      expect(await answer(2)).toMatchObject({ info: { name: 'webgpu' } });
    }
    worker.terminate();
  });
});

