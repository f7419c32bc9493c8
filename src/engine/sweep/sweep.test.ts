import { describe, expect, it } from 'vitest';
import { implementations } from '../../core/methods';
import type { SeriesSet } from '../../core/series/SeriesSet';
import type { EngineEvent, SweepOrder } from '../protocol';
import { opened, spec, testServices, waves, type Conversation } from '../testing/fixtures';
import { tinyMethod } from '../testing/tinyMethod';

const services = testServices({ method: (id) => (id === 'crli' ? tinyMethod() : implementations[id].run) }, waves(16));
const order: SweepOrder = { on: 'series', from: 2, to: 4, repeats: 2, spec: { ...spec, method: 'kMeans', options: {} } };

const sweep = async (conversation: Conversation, change: Partial<SweepOrder> = {}, requestId = 1): Promise<void> => {
  conversation.runner.handle({ kind: 'sweep', requestId, order: { ...order, ...change }, backend: 'cpu' });
  await conversation.runner.idle();
};

describe('a sweep over K', () => {
  it('clusters the prepared series of a set with gaps, and says where it is, each row, and what was clustered', async () => {
    const conversation = await opened(services);
    await sweep(conversation);
    expect(conversation.of('sweepDoing')[0].doing).toMatchObject({ k: 2, part: 'seed', at: 1, of: 2, share: 0 });
    expect(conversation.of('sweepRow').map(({ row }) => row.k)).toEqual([2, 3, 4]);
    const [{ report, file }] = conversation.of('swept');
    expect(report).toMatchObject({ space: 'prepared series', distance: 'Euclidean', clustering: 'k-means', filling: 'linear', seed: 7, n: 16, sample: 16, repeats: 2, suggested: { silhouette: 2 } });
    expect(report).not.toHaveProperty('stopped');
    const written = JSON.parse(file);
    expect(Object.keys(written)).toEqual(Object.keys(report));
    expect(written.rows[0].silhouette).toBe(Number(report.rows[0].silhouette.toPrecision(10)));
  });

  it('lets no length of a series speak for a cluster', async () => {
    const set = waves(16);
    const ends = set.ends.map((end, i) => end - (i % 4));
    const within = (at: number): boolean => at % set.t < ends[Math.floor(at / set.t)];
    const shorter: SeriesSet = { ...set, ends, mask: set.mask.map((seen, at) => seen * Number(within(at))), values: set.values.map((value, at) => (set.mask[at] === 1 && within(at) ? value + 1000 : 0)) };
    const conversation = await opened(testServices({}, shorter));
    await sweep(conversation, { to: 2, spec: { ...order.spec, preparation: { standardise: 'none' } } });
    const [{ report }] = conversation.of('swept');
    expect(report.rows[0].inertia).toBeLessThan(1000);
  });

  it('gives the same file twice, whatever labels or hidden cells say', async () => {
    const files = [];
    for (const hideRate of [0, 0.3]) {
      const conversation = await opened(services);
      await sweep(conversation, { spec: { ...order.spec, hideRate } });
      files.push(conversation.of('swept')[0].file);
    }
    expect(files[0]).toBe(files[1]);
  });

  it('clusters the latents of the newest epoch, once there are any', async () => {
    const conversation = await opened(services);
    await sweep(conversation, { on: 'latents' });
    expect(conversation.of('sweepFailed')[0].failure).toMatchObject({ kind: 'input', message: expect.stringContaining('Train first') });
    conversation.runner.handle({ kind: 'train', runId: 1, spec, backend: 'cpu' });
    await conversation.runner.idle();
    await sweep(conversation, { on: 'latents', spec: { ...spec, seed: 99 } }, 2);
    expect(conversation.of('swept')[0].report).toMatchObject({ space: 'latents', filling: null, seed: 7, method: { method: 'crli', epoch: 5, clusters: 2 } });
  });

  it('runs the method itself for each K, seed and part', async () => {
    const conversation = await opened(services);
    await sweep(conversation, { on: 'method', from: 2, to: 3, spec: { ...order.spec, method: 'kMedoids', options: { imputer: 'spline' } } });
    const [{ report }] = conversation.of('swept');
    expect(report).toMatchObject({ clustering: 'k-medoids', filling: 'spline', rows: [{ k: 2, gap: null, inertia: null }, { k: 3 }] });
    expect(new Set(conversation.of('sweepDoing').map(({ doing }) => `${doing.part} ${doing.at}/${doing.of}`))).toEqual(new Set(['seed 1/1', 'part 1/4', 'part 2/4', 'part 3/4', 'part 4/4']));
  });

  it('takes the backend of a paused run as it is, which then goes on', async () => {
    const chosen: string[] = [];
    const conversation = await opened({ ...services, chooseBackend: (choice, coming) => (chosen.push(choice), services.chooseBackend(choice, coming)) });
    conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, epochs: 4 }, backend: 'cpu' });
    conversation.runner.handle({ kind: 'pause', runId: 1 });
    await conversation.until((event: EngineEvent) => event.kind === 'runState' && event.state === 'paused');
    conversation.runner.handle({ kind: 'sweep', requestId: 2, order: { ...order, on: 'method', to: 2 }, backend: 'auto' });
    await conversation.until(({ kind }) => kind === 'swept');
    expect(chosen).toEqual(['cpu']);
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.until((event: EngineEvent) => event.kind === 'runState' && event.state === 'done');
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'sweep', requestId: 3, order: { ...order, on: 'method', to: 2 }, backend: 'auto' });
    await conversation.until((event: EngineEvent) => event.kind === 'swept' && event.requestId === 3);
    expect(chosen).toEqual(['cpu', 'auto']);
  });

  it('keeps the rows that are done when it is stopped, and a new one follows', async () => {
    const conversation = await opened(services);
    conversation.runner.handle({ kind: 'sweep', requestId: 1, order, backend: 'cpu' });
    await conversation.until(({ kind }) => kind === 'sweepRow');
    conversation.runner.handle({ kind: 'stopSweep', requestId: 1 });
    await conversation.runner.idle();
    const { report } = conversation.of('swept')[0];
    expect(report.stopped).toBe(true);
    expect(report.rows.length).toBeGreaterThan(0);
    expect(report.rows.length).toBeLessThan(3);
    await sweep(conversation, {}, 2);
    expect(conversation.of('swept')[1].report.rows).toHaveLength(3);
  });

  it('makes way for a run, and does not start while one goes on', async () => {
    const conversation = await opened(services);
    conversation.runner.handle({ kind: 'sweep', requestId: 1, order, backend: 'cpu' });
    await conversation.until(({ kind }) => kind === 'sweepDoing');
    conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, epochs: 100_000 }, backend: 'cpu' });
    await conversation.until((event: EngineEvent) => event.kind === 'losses');
    expect(conversation.of('swept')[0].report.stopped).toBe(true);
    conversation.runner.handle({ kind: 'sweep', requestId: 2, order, backend: 'cpu' });
    await conversation.until(({ kind }) => kind === 'sweepFailed');
    expect(conversation.of('sweepFailed')[0].failure.message).toContain('A run is under way');
    conversation.runner.handle({ kind: 'stop', runId: 1 });
    await conversation.runner.idle();
  });

  it.each([
    [{ from: 1 }, 'must start at 2 or more'],
    [{ to: 9 }, 'from 2 to 8, half the number of series'],
    [{ repeats: 1 }, 'from 2 to 50'],
    [{ on: 'method' as const, spec: { ...order.spec, options: { restarts: -1 } } }, 'Option restarts is -1'],
  ])('refuses %j', async (change, message) => {
    const conversation = await opened(services);
    await sweep(conversation, change);
    expect(conversation.of('sweepFailed')[0].failure).toMatchObject({ kind: 'input', message: expect.stringContaining(message) });
  });
});
