import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeThread } from '../cli/threads';
import { chooseBackend, initialise } from './backend';
import type { ThreadPort } from './backend/threads/pool';
import type { EngineEvent } from './protocol';
import { realServices } from './realServices';
import { opened, spec, testServices, waves, type Conversation } from './testing/fixtures';

const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
const { readSeries } = testServices({}, waves(32, 40));
const services = { ...realServices, readSeries };

const threads = (count: number, spawn: () => ThreadPort = nodeThread): void => initialise({ wasmBinary: new Uint8Array(readFileSync(file)).buffer, threads: { count, spawn } });

/** Trains, and calls `onEpoch` after each epoch. */
async function train(onEpoch: (epoch: number) => void = () => {}): Promise<Conversation> {
  const conversation = await opened(services);
  conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, options: { hiddenUnits: 50, batchSize: 32 } }, backend: 'wasm' });
  for (let epoch = 1; epoch <= spec.epochs; epoch++) {
    await conversation.until((event) => (event.kind === 'losses' && event.epoch === epoch) || event.kind === 'runFailed');
    onEpoch(epoch);
  }
  await conversation.runner.idle();
  return conversation;
}

const lossesOf = (conversation: Conversation): object[] => conversation.of('losses').map(({ epoch, losses }) => ({ epoch, losses }));
const stateOf = (conversation: Conversation): Partial<Extract<EngineEvent, { kind: 'runState' }>> | undefined => conversation.of('runState').at(-1);

describe('a run on threads', () => {
  let alone: object[] = [];
  beforeEach(async () => {
    if (alone.length > 0) return;
    threads(1);
    alone = lossesOf(await train());
  });

  it('stays on one thread where the others cannot start, and says why', async () => {
    threads(2, () => nodeThread(new URL('../tests/nowhere.mjs', import.meta.url)));
    expect((await chooseBackend('wasm')).device).toMatch(/^SIMD, one thread \(no threads: a thread ended at its start/);
  });

  it('goes on, and says so, when one dies; no result changes', async () => {
    const ports: ThreadPort[] = [];
    threads(3, () => {
      ports.push(nodeThread());
      return ports[ports.length - 1];
    });
    const conversation = await train((epoch) => {
      if (epoch === 2) ports[0].terminate();
    });
    expect(stateOf(conversation)).toMatchObject({ state: 'done', epoch: spec.epochs });
    expect(conversation.of('runStarted')[0].start.backend.device).toBe('SIMD, 3 threads');
    expect(conversation.of('backendChanged').map(({ backend }) => backend.device)).toEqual(['SIMD, 2 threads']);
    expect(conversation.of('notice').map(({ message }) => message)).toEqual(['A thread of WASM ended. The run goes on with 2 threads.']);
    expect(lossesOf(conversation)).toEqual(alone);
  });

  it('starts again from the last epoch on one thread, in other memory, when one hangs', async () => {
    const hanging = new URL('../tests/hangingThread.mjs', import.meta.url);
    threads(2, () => nodeThread(hanging, 60));
    const conversation = await train();
    expect(stateOf(conversation)).toMatchObject({ state: 'done', epoch: spec.epochs });
    const [{ backend, epoch }] = conversation.of('backendChanged');
    expect(backend.device).toBe('SIMD, one thread (its threads hung)');
    expect(epoch).toBeGreaterThan(0);
    expect(conversation.of('notice')[0].message).toBe(`A thread of WASM hung in the middle of its work. The run has started again on ${backend.device} from epoch ${epoch}.`);
    expect(lossesOf(conversation)).toEqual(alone);
    expect((await chooseBackend('wasm')).device).toBe(backend.device);
  });
});
