import { getBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseBackend, initialise, type ComingRun } from '../backend';
import { opened, spec, testServices } from '../testing/fixtures';
import { fasterOf, type Candidate, type Trial } from './faster';
import { announce, BackendLostError } from './loss';

const wasm: Candidate = { name: 'wasm', start: () => chooseBackend('wasm') };
const cpu: Candidate = { name: 'cpu', start: () => chooseBackend('cpu') };
const cannotStart = (message: string): Candidate => ({
  name: 'webgpu',
  start: async () => {
    throw new Error(message);
  },
});

const epochs = (step: () => Promise<void> | void = () => {}): Trial =>
  async function* trial() {
    for (let epoch = 1; epoch <= 4; epoch++) {
      await step();
      yield epoch;
    }
  };

beforeAll(() => initialise({}));

describe('the race of the backends', () => {
  it('takes the one with the shortest epoch and tells what each took', async () => {
    const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, getBackend() === 'cpu' ? 60 : 0));
    const info = await fasterOf([cpu, wasm], epochs(slow));
    expect(info.name).toBe('wasm');
    expect(getBackend()).toBe('wasm');
    expect(info.measured?.map(({ name }) => name)).toEqual(['cpu', 'wasm']);
    expect(info.measured?.[0].ms).toBeGreaterThan(info.measured?.[1].ms ?? Infinity);
    expect(info.reason).toMatch(/^fastest in a trial: .+ ms a batch; CPU takes .+ ms$/);
  });

  it('does without one that cannot start, and says why', async () => {
    const info = await fasterOf([cannotStart('the GPU gave no device; try later.'), wasm], epochs());
    expect(info.name).toBe('wasm');
    expect(info.reason).toContain('WebGPU could not be measured: the GPU gave no device, try later');
    expect(info.measured?.[0]).toMatchObject({ name: 'webgpu', ms: null });
  });

  it('does without one that is lost in its trial, even when that hangs', async () => {
    const trial = epochs(() => {
      if (getBackend() !== 'cpu') return undefined;
      setTimeout(() => announce(new BackendLostError('the GPU was lost')), 0);
      return new Promise<void>(() => {});
    });
    const info = await fasterOf([cpu, wasm], trial);
    expect(info.name).toBe('wasm');
    expect(info.measured?.[0]).toMatchObject({ name: 'cpu', ms: null, failed: 'the GPU was lost' });
  });

  it('falls back to the last when no trial ends, and throws only what that one throws', async () => {
    const breaks = epochs(() => {
      throw new Error('out of memory');
    });
    expect((await fasterOf([cpu, wasm], breaks)).name).toBe('wasm');
    await expect(fasterOf([wasm, cannotStart('none')], breaks)).rejects.toThrow('none');
  });
});

describe('a run that chooses its backend', () => {
  const train = async (backend: 'auto' | 'wasm'): Promise<unknown> => {
    const conversation = await opened(testServices({ chooseBackend: (choice, coming) => (choice === 'auto' && coming?.trial ? fasterOf([cannotStart('no GPU'), wasm], coming.trial) : chooseBackend('wasm')) }));
    conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, epochs: 2, options: { hiddenUnits: 4, batchSize: 4 } }, backend });
    await conversation.until(({ kind }) => kind === 'losses');
    await conversation.runner.idle();
    const [{ start }] = conversation.of('runStarted');
    expect(start.backend.measured?.[1].ms ?? null).toEqual(backend === 'auto' ? expect.any(Number) : null);
    return { losses: conversation.of('losses').map(({ losses }) => losses), last: conversation.of('snapshot').at(-1)?.snapshot };
  };

  it('trains as it does without the trial, to the last bit', async () => {
    expect(await train('auto')).toEqual(await train('wasm'));
  });

  it('measures nothing for a method without epochs', async () => {
    let asked: ComingRun | undefined;
    const conversation = await opened(
      testServices({
        chooseBackend: async (_, coming) => {
          asked = coming;
          return chooseBackend('wasm');
        },
      }),
    );
    conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, method: 'kMeans', epochs: 1 }, backend: 'auto' });
    await conversation.until(({ kind }) => kind === 'runStarted' || kind === 'runFailed');
    await conversation.runner.idle();
    expect(conversation.of('runStarted').length).toBe(1);
    expect(asked).toEqual({ trial: undefined, rehearsal: undefined });
  });
});
