import { describe, expect, it } from 'vitest';
import type { Method, Relevance } from '../core/run';
import type { EngineEvent } from './protocol';
import type { Services } from './services';
import { opened, converse, spec, testServices, waves, type Conversation } from './testing/fixtures';
import { tinyMethod, tinyRelevance, type TinyOptions } from './testing/tinyMethod';

const services = (options: TinyOptions = {}, change: Partial<Services> = {}): Services => testServices({ method: () => tinyMethod(options), ...change });
const train = ({ runner }: Conversation, change: object = {}, runSpec: object = {}): void =>
  runner.handle({ kind: 'train', runId: 1, spec: { ...spec, ...runSpec }, backend: 'cpu', ...change });
const states = (conversation: Conversation): string[] => conversation.of('runState').map(({ state, epoch }) => `${state} ${epoch}`);
const isEpoch = (epoch: number) => (event: EngineEvent) => event.kind === 'losses' && event.epoch === epoch;

describe('runner', () => {
  it('reads, then announces preview and data set with the requestId', async () => {
    const conversation = await opened(services());
    expect(conversation.events.map(({ kind }) => kind)).toEqual(['opening', 'preview', 'dataset']);
    expect(conversation.of('dataset')[0]).toMatchObject({ requestId: 1, name: 'waves.csv', set: { n: 8 } });
  });

  it('keeps the bytes of a file that could not be read, to try a changed plan on them', async () => {
    let tries = 0;
    const working = testServices();
    const conversation = converse(
      testServices({
        readSeries(...call) {
          tries += 1;
          if (tries === 1) throw Object.assign(new Error('no table'), { name: 'ImportError', preview: { summary: 'rows as text' } });
          return working.readSeries(...call);
        },
      }),
    );
    conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'a.csv', text: 'x' } });
    await conversation.runner.idle();
    expect(conversation.of('openFailed')[0]).toMatchObject({ failure: { kind: 'input', message: 'no table' }, preview: { summary: 'rows as text' } });
    conversation.runner.handle({ kind: 'reopen', requestId: 2, plan: {} as never });
    await conversation.runner.idle();
    expect(conversation.of('dataset').map(({ requestId }) => requestId)).toEqual([2]);
  });

  it('drops a reading that a newer one has overtaken', async () => {
    const conversation = converse(services());
    for (const requestId of [1, 2]) conversation.runner.handle({ kind: 'open', requestId, source: { kind: 'text', name: `${requestId}.csv`, text: 'x' } });
    await conversation.runner.idle();
    expect(conversation.of('dataset').map(({ requestId }) => requestId)).toEqual([2]);
  });

  it('obeys commands for a run that was ordered while the file was still being read', async () => {
    const conversation = converse(services());
    conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'a.csv', text: 'x' } });
    train(conversation, { paused: true });
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.runner.idle();
    expect(states(conversation).at(-1)).toBe('done 5');
  });

  it('says which observed values the steps of the preparation make nothing of, once, and writes it down', async () => {
    const conversation = await opened(services());
    const preparation = { steps: [{ step: 'difference', options: { lag: 7 } }], standardise: 'perVariable' };
    train(conversation, {}, { preparation, hideRate: 0 });
    await conversation.runner.idle();
    const [{ message }, ...others] = conversation.of('notice');
    expect(message).toMatch(/^Difference: 17\.1 % of the observed values are not used/);
    expect(others).toEqual([]);
    expect(conversation.of('runStarted')[0].start.notes).toEqual([message]);
    train(conversation, { runId: 2, from: conversation.of('checkpoint').at(-1)!.checkpoint }, { preparation, hideRate: 0, epochs: 6 });
    await conversation.runner.idle();
    expect(conversation.of('notice')).toHaveLength(1);
  });

  it('trains to the last epoch and reports the losses of every epoch', async () => {
    const conversation = await opened(services());
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('losses').map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(states(conversation)).toEqual(['running 0', 'done 5']);
    expect(conversation.of('snapshot').at(-1)?.snapshot.epoch).toBe(5);
    expect(conversation.of('checkpoint').at(-1)?.checkpoint.epoch).toBe(5);
  });

  it('tells how well the clusters are told apart once the run rests, with the silhouette of each series', async () => {
    const conversation = await opened(services());
    train(conversation, { paused: true });
    conversation.runner.handle({ kind: 'step', runId: 1 });
    await conversation.until(({ kind }) => kind === 'validity');
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.until((event) => event.kind === 'validity' && event.epoch === 5);
    const told = conversation.of('validity');
    expect(told.map(({ epoch }) => epoch)).toEqual([1, 5]);
    expect(told[1]).toMatchObject({ runId: 1, validity: { distance: 'euclidean', n: 8, silhouette: expect.any(Number), daviesBouldin: expect.any(Number) } });
    const { silhouettes, validity } = told[1];
    expect(silhouettes!.reduce((sum, value) => sum + value, 0) / 8).toBeCloseTo(validity.silhouette!, 5);
  });

  it('tells which steps speak for each cluster whenever the run rests, and says how much of that is made', async () => {
    const conversation = await opened(services({}, { relevance: () => tinyRelevance }));
    train(conversation, { paused: true });
    conversation.runner.handle({ kind: 'step', runId: 1 });
    await conversation.until((event) => event.kind === 'relevance' && event.epoch === 1);
    conversation.runner.handle({ kind: 'step', runId: 1 });
    await conversation.until((event) => event.kind === 'relevance' && event.epoch === 2);
    conversation.runner.handle({ kind: 'stop', runId: 1 });
    await conversation.runner.idle();
    expect(conversation.of('relevance').map(({ epoch, relevance }) => [epoch, relevance.length, relevance[0]])).toEqual([[1, 96, 1], [2, 96, 0.5]]);
    const shares = conversation.of('makingRelevance').filter(({ epoch }) => epoch === 2).map(({ ready }) => ready);
    expect(shares).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('does not wait for what is told at rest when it goes on, even where a GPU never answers', async () => {
    const silent: Relevance = async function* silent() {
      yield 0.5;
      await new Promise(() => {});
      return new Float32Array(0);
    };
    const conversation = await opened(services({}, { relevance: () => silent }));
    train(conversation, { paused: true });
    conversation.runner.handle({ kind: 'step', runId: 1 });
    await conversation.until((event) => event.kind === 'makingRelevance' && event.ready === 0.5);
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.runner.idle();
    expect(states(conversation).at(-1)).toBe('done 5');
    train(conversation, { runId: 2 });
    await conversation.until((event) => event.kind === 'makingRelevance' && event.runId === 2 && event.ready === 0.5);
    expect(states(conversation).at(-1)).toBe('done 5');
    expect(conversation.of('relevance')).toEqual([]);
  });

  it('says why no heat map could be made, and goes on all the same', async () => {
    const broken: Relevance = async function* broken() {
      yield 0.5;
      throw new Error('out of memory');
    };
    const conversation = await opened(services({}, { relevance: () => broken }));
    train(conversation, { paused: true });
    conversation.runner.handle({ kind: 'step', runId: 1 });
    const told = await conversation.until(({ kind }) => kind === 'notice');
    expect(told).toMatchObject({ message: expect.stringMatching(/^The heat map of epoch 1 could not be made\. .*out of memory/) });
    expect(conversation.of('makingRelevance').at(-1)).toMatchObject({ ready: 1 });
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.runner.idle();
    expect(states(conversation).at(-1)).toBe('done 5');
  });

  it('gives up a heat map whose accelerator is lost', async () => {
    let lose = (_: Error): void => {};
    const silent: Relevance = async function* silent() {
      yield 0.5;
      return new Promise<Float32Array>(() => {});
    };
    const conversation = await opened(services({}, { relevance: () => silent, onFatal: (listener) => ((lose = listener), () => {}) }));
    train(conversation);
    await conversation.until((event) => event.kind === 'makingRelevance' && event.ready === 0.5);
    conversation.runner.handle({ kind: 'export', requestId: 2, files: ['run'], map: null });
    lose(new Error('The device was destroyed'));
    await conversation.until(({ kind }) => kind === 'exported');
    expect(conversation.of('makingRelevance').at(-1)).toMatchObject({ ready: 1 });
  });

  it('gives the same losses twice for the same seed', async () => {
    const losses = async () => {
      const conversation = await opened(services());
      train(conversation);
      await conversation.runner.idle();
      return conversation.of('losses').map((event) => event.losses);
    };
    expect(await losses()).toEqual(await losses());
  });

  it('never lets a method see labels or hidden cells', async () => {
    let seen: object = {};
    const method: Method = (data, ...rest) => {
      seen = data;
      return tinyMethod()(data, ...rest);
    };
    const conversation = await opened(testServices({ method: () => method }));
    train(conversation);
    await conversation.runner.idle();
    expect(Object.keys(seen).sort()).toEqual(['d', 'ends', 'gaps', 'mask', 'n', 'starts', 't', 'time', 'values']);
    const { hidden, gaps } = conversation.of('runStarted')[0].start;
    const { values, mask } = seen as { values: Float32Array; mask: Uint8Array };
    expect(hidden.length).toBeGreaterThan(0);
    for (const cell of hidden) {
      expect(waves().mask[cell]).toBe(1);
      expect(mask[cell]).toBe(0);
      expect(values[cell]).toBe(0);
      expect(gaps).toContain(cell);
    }
  });

  it('pauses between batches, sends what waits, and resumes where it was', async () => {
    const pulled: string[] = [];
    const conversation: Conversation = await opened(
      services({
        beforeBatch(epoch, batch) {
          pulled.push(`${epoch}.${batch}`);
          if (epoch === 3 && batch === 2) conversation.runner.handle({ kind: 'pause', runId: 1 });
        },
      }),
    );
    train(conversation);
    await conversation.runner.idle();
    expect(pulled.at(-1)).toBe('3.2');
    expect(states(conversation).at(-1)).toBe('paused 2');
    expect(conversation.of('snapshot').at(-1)?.snapshot.epoch).toBe(2);
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.runner.idle();
    expect(states(conversation).slice(-2)).toEqual(['running 2', 'done 5']);
    expect(new Set(pulled).size).toBe(15);
  });

  it('steps one epoch at a time, and is done after the last', async () => {
    const conversation = await opened(services());
    train(conversation, { paused: true });
    await conversation.runner.idle();
    for (let step = 0; step < 5; step++) {
      conversation.runner.handle({ kind: 'step', runId: 1 });
      await conversation.runner.idle();
    }
    expect(states(conversation).filter((state) => !state.startsWith('running'))).toEqual(['paused 0', 'paused 1', 'paused 2', 'paused 3', 'paused 4', 'done 5']);
    expect(conversation.of('snapshot').map(({ snapshot }) => snapshot.epoch)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(['running', 'paused'])('stops while %s, frees the method and keeps the last snapshot', async (state) => {
    let ended = 0;
    const conversation = await opened(services({ onEnd: () => (ended += 1) }));
    train(conversation, {}, { epochs: 1000 });
    await conversation.until(isEpoch(3));
    if (state === 'paused') {
      conversation.runner.handle({ kind: 'pause', runId: 1 });
      await conversation.runner.idle();
    }
    conversation.runner.handle({ kind: 'stop', runId: 1 });
    await conversation.runner.idle();
    const last = conversation.of('losses').at(-1)?.epoch;
    expect(states(conversation).at(-1)).toBe(`stopped ${last}`);
    expect(conversation.of('snapshot').at(-1)?.snapshot.epoch).toBe(last);
    expect(ended).toBe(1);
  });

  it('ends the run before a new one begins, and drops commands for the old', async () => {
    const conversation = await opened(services());
    train(conversation, {}, { epochs: 1e6 });
    await conversation.until(isEpoch(2));
    train(conversation, { runId: 2 });
    conversation.runner.handle({ kind: 'pause', runId: 1 });
    await conversation.until((event) => event.kind === 'runState' && event.runId === 2 && event.state === 'done');
    expect(conversation.of('runState').map(({ runId, state }) => `${runId} ${state}`)).toEqual(['1 running', '1 stopped', '2 running', '2 done']);
  });

  it('sends at most ten snapshots a second, and none before the last was acknowledged', async () => {
    let clock = 0;
    const run = async (acknowledge: boolean) => {
      const conversation = await opened(services({ batches: 1 }, { now: () => (clock += 5) }), acknowledge);
      train(conversation, {}, { epochs: 100 });
      await conversation.runner.idle();
      return { conversation, span: clock };
    };
    const begun = clock;
    const { conversation, span } = await run(true);
    const count = conversation.of('snapshot').length;
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThanOrEqual((span - begun) / 100 + 2);
    expect(conversation.of('losses')).toHaveLength(100);
    const silent = await run(false);
    expect(silent.conversation.of('snapshot').map(({ snapshot }) => snapshot.epoch)).toEqual([1, 100]);
  });

  it('keeps the last good epoch when training diverges, and names stage and epoch', async () => {
    const conversation = await opened(services({ divergesIn: 4 }));
    train(conversation);
    await conversation.runner.idle();
    const [failed] = conversation.of('runFailed');
    expect(failed).toMatchObject({ lastEpoch: 3, failure: { kind: 'diverged' } });
    expect(failed.failure.message).toMatch(/epoch 4.*prediction loss/);
    expect(conversation.of('snapshot').at(-1)?.snapshot.epoch).toBe(3);
    expect(conversation.of('checkpoint').at(-1)?.checkpoint.epoch).toBe(3);
    expect(states(conversation).at(-1)).toBe('failed 3');
  });

  it('goes on from a checkpoint as if nothing had happened', async () => {
    const whole = await opened(services());
    train(whole);
    await whole.runner.idle();
    const part = await opened(services());
    train(part, {}, { epochs: 2 });
    await part.runner.idle();
    train(part, { runId: 2, from: part.of('checkpoint').at(-1)?.checkpoint });
    await part.runner.idle();
    expect(part.of('losses').map(({ losses }) => losses)).toEqual(whole.of('losses').map(({ losses }) => losses));
  });

  it('records a change of loss weights with its epoch, and refuses one of anything else', async () => {
    const conversation = await opened(services());
    train(conversation, { paused: true });
    conversation.runner.handle({ kind: 'step', runId: 1 });
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'setOptions', runId: 1, options: { lambda: 0.5, hiddenUnits: 50 } });
    conversation.runner.handle({ kind: 'setOptions', runId: 1, options: { hiddenUnits: 60 } });
    conversation.runner.handle({ kind: 'setOptions', runId: 1, options: { lambda: 99 } });
    expect(conversation.of('optionsChanged')).toEqual([{ kind: 'optionsChanged', runId: 1, epoch: 1, options: { lambda: 0.5 } }]);
    expect(conversation.of('notice').map(({ message }) => message)).toEqual([expect.stringContaining('Hidden units cannot change'), expect.stringContaining('from 0 to 1')]);
    conversation.runner.handle({ kind: 'resume', runId: 1 });
    await conversation.runner.idle();
    const plain = await opened(services());
    train(plain);
    await plain.runner.idle();
    expect(conversation.of('losses')[0].losses).toEqual(plain.of('losses')[0].losses);
    expect(conversation.of('losses')[1].losses).not.toEqual(plain.of('losses')[1].losses);
  });

  it.each([
    [{ clusters: 9 }, /8 series, too few for 9 clusters/],
    [{ clusters: 1 }, /at least 2/],
    [{ epochs: 0 }, /at least 1/],
    [{ options: { hiddenUnits: 1e6 } }, /hiddenUnits is 1000000.*2 to 256/],
    [{ options: { depth: 3 } }, /no option "depth"/],
  ])('refuses %j before anything is allocated', async (change, message) => {
    const conversation = await opened(services());
    train(conversation, {}, change);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
    expect(conversation.of('runStarted')).toHaveLength(0);
  });

  it('refuses series without any observed value, by name', async () => {
    const set = waves();
    set.mask.fill(0, 12, 24);
    const conversation = await opened(testServices({ method: () => tinyMethod() }, set));
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure.message).toContain('"s1"');
  });

  it.each([Number.NaN, Infinity, -1e300])('refuses the value %d and names its place', async (value) => {
    const set = waves();
    set.values[14] = value;
    const conversation = await opened(testServices({ method: () => tinyMethod() }, set));
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure.message).toMatch(/"s1".*step 2/);
  });

  it('answers a run without data with a failure', async () => {
    const conversation = converse(services());
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure).toMatchObject({ kind: 'input', message: expect.stringContaining('Open a file') });
  });

  it('turns an unexpected error into an event', async () => {
    const conversation = await opened(services({ beforeBatch: () => Promise.reject(new TypeError('a bug')) }));
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure).toMatchObject({ kind: 'internal', message: expect.stringContaining('a bug') });
  });
});

describe('runner while a GPU compiles', () => {
  it('rehearses the method on one full batch and the last, and tells how far it is before the run starts', async () => {
    const sizes = new Set<number>();
    const conversation = await opened(
      services({}, {
        method: () => async function* counted(data, given, live, from) {
          sizes.add(data.n);
          yield* tinyMethod({})(data, given, live, from);
        },
        chooseBackend: async (name, coming) => {
          const reports: unknown[] = [];
          for await (const report of coming!.rehearsal!.perform()) reports.push(report);
          coming!.rehearsal!.hear(1, 2);
          expect(reports.length).toBeGreaterThan(0);
          return { name: name === 'auto' ? 'cpu' : name, device: 'GPU', reason: '' };
        },
      }),
    );
    train(conversation, {}, { options: { ...spec.options, batchSize: 2 } });
    await conversation.runner.idle();
    expect([...sizes]).toEqual([4, 8]); // 8 series in batches of 2
    const kinds = conversation.events.map(({ kind }) => kind);
    expect(conversation.of('compiling')).toEqual([{ kind: 'compiling', runId: 1, ready: 1, needed: 2 }]);
    expect(kinds.indexOf('compiling')).toBeLessThan(kinds.indexOf('runStarted'));
    expect(states(conversation).at(-1)).toBe('done 5');
  });

  it('stops at once', async () => {
    const conversation = await opened(
      services({}, {
        chooseBackend: async (_, coming) => {
          coming!.rehearsal!.hear(0, 0);
          while (!coming!.rehearsal!.stopped()) await new Promise((resolve) => setTimeout(resolve, 5));
          return { name: 'webgpu', device: 'GPU', reason: '' };
        },
      }),
    );
    train(conversation);
    await conversation.until(({ kind }) => kind === 'compiling');
    conversation.runner.handle({ kind: 'stop', runId: 1 });
    await conversation.runner.idle();
    expect(states(conversation)).toEqual(['running 0', 'stopped 0'].slice(-states(conversation).length));
    expect(conversation.of('losses')).toEqual([]);
  });

  it('goes on elsewhere when the GPU is lost', async () => {
    let tries = 0;
    const conversation = await opened(
      services({}, {
        isBackendLost: () => true,
        chooseBackend: async (choice) => {
          if (tries++ === 0) throw new Error('lost');
          return { name: choice === 'auto' ? 'cpu' : choice, device: 'again', reason: '' };
        },
      }),
    );
    train(conversation, { backend: 'webgpu' });
    await conversation.runner.idle();
    expect(conversation.of('runStarted')[0].start.backend).toMatchObject({ name: 'webgpu', device: 'again' });
    expect(states(conversation).at(-1)).toBe('done 5');
  });
});

describe('runner when the accelerator is lost', () => {
  it('goes on from the checkpoint on what is left, with the losses of an undisturbed run', async () => {
    let lose = (_: Error): void => {};
    const machine = services(
      { beforeBatch: (epoch, batch) => (epoch === 3 && batch === 2 && machineHasGpu ? hang(() => lose(new Error('The device was destroyed'))) : undefined) },
      {
        chooseBackend: async (choice) => {
          if (choice === 'webgpu' && !machineHasGpu) throw new Error('no adapter');
          return { name: machineHasGpu ? 'webgpu' : 'wasm', device: machineHasGpu ? 'GPU' : 'SIMD', reason: '' };
        },
        onFatal(listener) {
          lose = listener;
          return () => {};
        },
      },
    );
    let machineHasGpu = true;
    const hang = async (act: () => void): Promise<void> => {
      machineHasGpu = false;
      setTimeout(act);
      await new Promise(() => {});
    };
    const conversation = await opened(machine);
    train(conversation, { backend: 'webgpu' });
    await conversation.runner.idle();
    expect(conversation.of('backendChanged')).toEqual([{ kind: 'backendChanged', runId: 1, backend: { name: 'wasm', device: 'SIMD', reason: '' }, epoch: 2 }]);
    expect(conversation.of('notice')[0].message).toMatch(/^The device was destroyed\. The run goes on with wasm \(SIMD\) from epoch 2\.$/);
    expect(states(conversation).at(-1)).toBe('done 5');

    const undisturbed = await opened(services());
    train(undisturbed);
    await undisturbed.runner.idle();
    expect(conversation.of('losses').map(({ epoch, losses }) => ({ epoch, losses }))).toEqual(undisturbed.of('losses').map(({ epoch, losses }) => ({ epoch, losses })));
  });

  it('gives up with a deviceLost failure when it is lost again and again', async () => {
    const conversation = await opened(services({ beforeBatch: () => Promise.reject(new Error('lost')) }, { isBackendLost: () => true }));
    train(conversation);
    await conversation.runner.idle();
    expect(conversation.of('runFailed')[0].failure.kind).toBe('deviceLost');
    expect(conversation.of('backendChanged').length).toBeGreaterThan(2);
  });
});
