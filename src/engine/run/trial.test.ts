import { beforeAll, expect, it } from 'vitest';
import { defaultOptions, type MethodId } from '../../core/catalog';
import { implementations } from '../../core/methods';
import type { RunSpec } from '../../core/run';
import { chooseBackend } from '../backend';
import { spec as base, waves } from '../testing/fixtures';
import { prepareRun } from './prepareRun';
import { rehearsalOf } from './rehearsal';
import { trialOf } from './trial';

beforeAll(() => chooseBackend('wasm'));

const specOf = (imputer: string, method: MethodId = 'dtc'): RunSpec => ({ ...base, method, epochs: 50, options: { ...defaultOptions(method), imputer, batchSize: 4 } });

/** Epochs made after each step of a trial. */
async function tried(imputer: string): Promise<number[]> {
  const spec = specOf(imputer);
  const trial = trialOf(implementations.dtc.run, prepareRun(waves(), spec).data, spec, { nextTurn: async () => {} }, () => false)!;
  const epochs: number[] = [];
  for await (const done of trial()) epochs.push(done);
  return epochs;
}

/** Steps of a rehearsal. */
async function rehearsed(imputer: string, method: MethodId): Promise<number> {
  const spec = specOf(imputer, method);
  const rehearsal = rehearsalOf(implementations[method].run, null, prepareRun(waves(), spec).data, spec, () => {}, () => false)!;
  let steps = 0;
  for await (const _ of rehearsal.perform()) steps += 1;
  return steps;
}

it('tries the method alone, whatever is to be trained before it to fill gaps', async () => {
  const plain = await tried('linear');
  expect(plain.at(-1)).toBe(4);
  for (const imputer of ['brits', 'crli']) expect(await tried(imputer)).toEqual(plain);
});

it('rehearses an imputer that is trained for a few epochs, also ahead of a method that is not, and then the method', async () => {
  const plain = await rehearsed('linear', 'dtc');
  for (const imputer of ['brits', 'crli']) {
    const alone = await rehearsed(imputer, 'kMeans');
    expect(alone).toBeGreaterThanOrEqual(4);
    expect(alone).toBeLessThan(20);
    expect(await rehearsed(imputer, 'dtc')).toBe(alone + plain);
  }
  const spec = specOf('linear', 'kMeans');
  expect(rehearsalOf(implementations.kMeans.run, null, prepareRun(waves(), spec).data, spec, () => {}, () => false)).toBeUndefined();
});
