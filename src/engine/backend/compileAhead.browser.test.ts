import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../tests/browserBackends';
import { watchGpu } from '../../tests/gpuCounts';
import { defaultOptions } from '../../core/catalog';
import { learnedImputer } from '../../core/imputers';
import { drainAsync } from '../../core/lib/drain';
import { implementations } from '../../core/methods';
import { crli } from '../../core/nn/training/crli';
import { dtc, dtcRelevance } from '../../core/nn/training/dtc';
import { dtcr } from '../../core/nn/training/dtcr';
import type { Method, RunSpec } from '../../core/run';
import { prepareRun } from '../run/prepareRun';
import { rehearsalOf } from '../run/rehearsal';
import { spec as base, waves } from '../testing/fixtures';
import { compileAhead, compiled } from './compileAhead';

// a software adapter takes a second for some of the programs
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const counts = watchGpu();
const methods = { crli, dtcr, dtc } as const;

describe.skipIf(!adapter)(`programs that are compiled ahead${without}`, () => {
  beforeAll(startWebGpu);

  const specOf = (id: keyof typeof methods): RunSpec => ({
    ...base, method: id, epochs: 2, hideRate: 0, preparation: { standardise: 'none' },
    options: { ...defaultOptions(id), batchSize: 3, hiddenUnits: 4, encoder: 'small', pooling: 4, pretrainingSteps: 3 },
  });
  const losses = async (method: Method, spec: RunSpec): Promise<unknown[]> => {
    const all: unknown[] = [];
    for await (const report of method(prepareRun(waves(), spec).data, spec, { options: spec.options })) if (report.kind === 'epoch') all.push(report.losses);
    return all;
  };

  it('return at once when the run is stopped, and are there when all is compiled', async () => {
    const spec = specOf('crli');
    let stopped = false;
    const hear = (ready: number): void => void (stopped = ready === 1);
    await compileAhead(rehearsalOf(crli, null, prepareRun(waves(), spec).data, spec, hear, () => stopped)!);
    await compiled();
    const since = counts();
    await compileAhead(rehearsalOf(crli, null, prepareRun(waves(), spec).data, spec, () => {}, () => false)!);
    expect(counts(since)).toMatchObject({ pipelines: 0, dispatches: 0, readbacks: 0 });
  });

  it.each(['crli', 'dtcr', 'dtc'] as const)('are all that a run needs, and change nothing of it: %s', async (id) => {
    const spec = specOf(id);
    const relevance = id === 'dtc' ? dtcRelevance : null;
    const before = memory().numTensors;
    const heard: [number, number][] = [];
    let since = counts();
    await compileAhead(rehearsalOf(methods[id], relevance, prepareRun(waves(), spec).data, spec, (ready, needed) => heard.push([ready, needed]), () => false)!);
    expect(counts(since)).toMatchObject({ dispatches: 0, readbacks: 0 });
    expect(heard[0]).toEqual([0, 0]);
    if (heard.length > 1) expect(heard.at(-1)![0]).toBe(heard.at(-1)![1]);
    expect(memory().numTensors).toBe(before);
    since = counts();
    const first = await losses(methods[id], spec);
    const { data } = prepareRun(waves(), spec);
    if (relevance) await drainAsync(relevance(data, spec, { latents: new Float32Array(data.n * 3).fill(0.5), assignments: Int32Array.from({ length: data.n }, (_, i) => i % 2) }));
    expect(counts(since).pipelines).toBe(0);
    expect(await losses(methods[id], spec)).toEqual(first);
    expect(uncaptured).toEqual([]);
  });

  it.each(['brits', 'crli'])('are all that an imputer needs, ahead of a method that needs none: %s', async (imputer) => {
    const spec: RunSpec = { ...specOf('dtc'), method: 'kMeans', options: { ...defaultOptions('kMeans'), imputer } };
    const { data } = prepareRun(waves(), spec);
    const before = memory().numTensors;
    let since = counts();
    await compileAhead(rehearsalOf(implementations.kMeans.run, null, data, spec, () => {}, () => false)!);
    expect(counts(since)).toMatchObject({ dispatches: 0, readbacks: 0 });
    expect(memory().numTensors).toBe(before);
    since = counts();
    const filled = await drainAsync(learnedImputer(spec.options)!.fill(data, spec, 2)); // the 600 updates of a run take minutes here
    expect(counts(since).pipelines).toBe(0);
    expect(filled.every(Number.isFinite)).toBe(true);
  });
});
