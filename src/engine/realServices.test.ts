import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../core/run';
import type { EngineEvent } from './protocol';
import { realServices } from './realServices';
import { converse, spec as base, type Conversation } from './testing/fixtures';

const spec: RunSpec = { ...base, epochs: 3, hideRate: 0.2, options: { hiddenUnits: 4, batchSize: 4 } };

/** 10 series of 8 steps, two shapes, some gaps. */
const TEXT = [
  'id,label,a,b,c,d,e,f,g,h',
  ...Array.from({ length: 10 }, (_, i) => [`s${i}`, 'xy'[i % 2], ...Array.from({ length: 8 }, (_, t) => ((3 * i + t) % 6 === 0 ? '' : Math.sin(t * (1 + (i % 2))) + i / 20))].join(',')),
].join('\n');

async function opened(text = TEXT): Promise<Conversation> {
  const conversation = converse(realServices);
  conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'data.csv', text } });
  await conversation.runner.idle();
  return conversation;
}

async function trained(change: Partial<RunSpec> = {}, text = TEXT, act: (conversation: Conversation) => Promise<void> = async () => {}): Promise<Conversation> {
  const conversation = await opened(text);
  conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, ...change }, backend: 'wasm' });
  await act(conversation);
  await conversation.runner.idle();
  return conversation;
}

const told = (conversation: Conversation) => conversation.of('losses').map(({ epoch, losses }) => ({ epoch, losses }));
const ending = (conversation: Conversation) => conversation.of('runState').at(-1)?.state;

describe('the engine with its real parts', () => {
  it('reads, trains CRLI and scores, twice the same', async () => {
    const [first, second] = [await trained(), await trained()];
    expect(ending(first)).toBe('done');
    expect(told(second)).toEqual(told(first));
    const shots = [first, second].map((conversation) => conversation.of('snapshot').at(-1)!.snapshot);
    expect(shots[1]).toEqual(shots[0]);
    expect(shots[0].metrics?.n).toBe(10);
    expect(shots[0].imputation?.rmse).toBeGreaterThan(0);
  });

  it('is not changed by a pause and a step', async () => {
    const whole = await trained();
    const disturbed = await trained({}, TEXT, async ({ runner, until }) => {
      runner.handle({ kind: 'step', runId: 1 });
      await until((event) => event.kind === 'runState' && event.state === 'paused');
      runner.handle({ kind: 'resume', runId: 1 });
    });
    expect(disturbed.of('runState').map(({ state }) => state)).toContain('paused');
    expect(told(disturbed)).toEqual(told(whole));
  });

  it('makes the heat map of DTC wherever the run rests, and training is not changed by it', async () => {
    const wanted: Partial<RunSpec> = { method: 'dtc', epochs: 6, options: { batchSize: 4, pretrainingSteps: 6, pooling: 2 } };
    const before = memory().numTensors;
    const whole = await trained(wanted);
    const disturbed = await trained(wanted, TEXT, async ({ runner, until }) => {
      for (const epoch of [1, 2, 3, 4]) {
        runner.handle({ kind: 'step', runId: 1 });
        if (epoch % 2 === 0) await until((event) => event.kind === 'relevance' && event.epoch === epoch);
        else await until((event) => event.kind === 'makingRelevance' && event.epoch === epoch && event.ready > 0.3);
      }
      runner.handle({ kind: 'resume', runId: 1 });
    });
    for (const conversation of [whole, disturbed]) await conversation.until((event) => event.kind === 'relevance' && event.epoch === 6);
    expect(disturbed.of('relevance').map(({ epoch }) => epoch)).toEqual([2, 4, 6]);
    expect(told(disturbed)).toEqual(told(whole));
    const last = (conversation: Conversation) => conversation.of('snapshot').at(-1)!.snapshot;
    expect(last(disturbed)).toEqual(last(whole));
    const { relevance } = whole.of('relevance').at(-1)!;
    expect(disturbed.of('relevance').at(-1)!.relevance).toEqual(relevance);
    for (let i = 0; i < 10; i++) expect([Math.min, Math.max].map((of) => of(...relevance.subarray(8 * i, 8 * i + 8)))).toEqual([0, 1]);
    expect(memory().numTensors).toBe(before);
  });

  it('makes the heat map of a run that was stopped', async () => {
    const conversation = await trained({ method: 'dtc', epochs: 500, options: { batchSize: 4, pretrainingSteps: 6, pooling: 2 } }, TEXT, async ({ runner, until }) => {
      await until((event) => event.kind === 'losses' && event.epoch === 4);
      runner.handle({ kind: 'stop', runId: 1 });
    });
    const at = (event: EngineEvent): boolean => event.kind === 'relevance';
    expect(await conversation.until(at)).toMatchObject({ epoch: conversation.of('losses').at(-1)!.epoch });
    expect(ending(conversation)).toBe('stopped');
  });

  it('frees every tensor when a run is stopped', async () => {
    await trained();
    const before = memory().numTensors;
    const conversation = await trained({ epochs: 10_000 }, TEXT, async ({ runner, until }) => {
      await until((event) => event.kind === 'losses' && event.epoch === 2);
      runner.handle({ kind: 'stop', runId: 1 });
    });
    expect(ending(conversation)).toBe('stopped');
    expect(memory().numTensors).toBe(before);
  });

  it('fails with a clear word when training diverges, and keeps finite numbers', async () => {
    const conversation = await trained({ epochs: 50, options: { ...spec.options, learningRate: 0.1, clipNorm: 1000, predictionWeight: 10 }, preparation: { standardise: 'none' } }, TEXT.replaceAll(/,(-?[01]\.\d+)/g, (_, value) => `,${Number(value) * 1e19}`));
    expect(ending(conversation)).toBe('failed');
    expect(conversation.of('runFailed')[0].failure).toMatchObject({ kind: 'diverged', message: expect.stringMatching(/epoch \d+.*no longer finite/) });
    for (const { checkpoint } of conversation.of('checkpoint')) for (const values of Object.values(checkpoint.arrays)) expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('degenerate data', () => {
  const wide = (rows: (number | string)[][]): string => [['id', ...rows[0].map((_, t) => `t${t}`)], ...rows.map((row, i) => [`s${i}`, ...row])].map((row) => row.join(',')).join('\n');
  const finite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);

  it.each([
    ['all series constant', wide(Array.from({ length: 6 }, () => Array(8).fill(3)))],
    ['all series the same', wide(Array.from({ length: 6 }, () => [1, 2, 3, 4, '', 4, 3, 2]))],
    ['one observed cell a series', wide(Array.from({ length: 6 }, (_, i) => Array.from({ length: 8 }, (_, t) => (t === i ? i : ''))))],
    ['values of 1e30', wide(Array.from({ length: 6 }, (_, i) => Array.from({ length: 8 }, (_, t) => `${i + t}e30`)))],
    ['as many series as clusters', wide([[1, 2, 3], [3, '', 1]])],
    ['two steps', wide(Array.from({ length: 6 }, (_, i) => [i, -i]))],
  ])('trains on %s without showing a number that is not finite', async (_, text) => {
    const conversation = await trained({ epochs: 2 }, text);
    expect(conversation.of('openFailed')).toEqual([]);
    expect(conversation.of('runFailed')).toEqual([]);
    for (const { snapshot } of conversation.of('snapshot')) {
      expect(finite(snapshot.latents) && finite(snapshot.imputed) && finite(snapshot.confidence)).toBe(true);
      const { imputation } = snapshot;
      if (imputation) expect(finite([imputation.rmse, imputation.mae, imputation.columnMean.rmse, imputation.linear.rmse])).toBe(true);
    }
    for (const { losses } of conversation.of('losses')) expect(finite(Object.values(losses))).toBe(true);
  });
});
