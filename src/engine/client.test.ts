import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient, type EngineClient } from './client';
import type { Port, Surroundings } from './client/port';
import type { ClientEvent, EngineCommand, EngineEvent } from './protocol';
import { createRunner } from './runner';
import type { Services } from './services';
import { spec, testServices, waves } from './testing/fixtures';
import { tinyMethod, tinyRelevance, type TinyOptions } from './testing/tinyMethod';

interface World extends Surroundings {
  /** Every message to a worker, by kind of worker. */
  heard: { engine: EngineCommand[]; projector: unknown[]; reference: unknown[] };
  engines: TestPort[];
  projectors: TestPort[];
  references: TestPort[];
  /** Moves the clock and lets the watchdog look. */
  pass(milliseconds: number): void;
}

interface TestPort extends Port {
  /** Falls silent, as a worker in an endless loop. */
  hang(): void;
  terminated: boolean;
  say(data: unknown): void;
}

/** Workers in the same thread: a real runner behind messages that are copied by structuredClone, both ways. */
function world(services: Services): World {
  let clock = 0;
  let looks: (() => void)[] = [];
  const heard: World['heard'] = { engine: [], projector: [], reference: [] };
  const engines: TestPort[] = [];
  const projectors: TestPort[] = [];
  const references: TestPort[] = [];
  const port = (receive: (message: never, port: TestPort) => void): TestPort => {
    let hung = false;
    const made: TestPort = {
      terminated: false,
      onmessage: null,
      onerror: null,
      hang: () => void (hung = true),
      terminate: () => void (made.terminated = true),
      say(data) {
        if (!hung && !made.terminated) made.onmessage?.({ data: structuredClone(data) });
      },
      postMessage(message, transfer) {
        const copy = structuredClone(message, { transfer: transfer as never });
        queueMicrotask(() => !hung && !made.terminated && receive(copy as never, made));
      },
    };
    return made;
  };
  return {
    heard,
    engines,
    projectors,
    references,
    engine() {
      const runner = createRunner((event: EngineEvent) => made.say(event), services);
      const made = port((command: EngineCommand) => {
        heard.engine.push(command);
        if (command.kind === 'init') made.say({ kind: 'ready' });
        else if (command.kind !== 'setThreads') runner.handle(command);
      });
      engines.push(made);
      return made;
    },
    projector() {
      const made = port((message) => void heard.projector.push(message));
      projectors.push(made);
      return made;
    },
    reference() {
      const made = port((message) => void heard.reference.push(message));
      references.push(made);
      return made;
    },
    sampleFile: (id) => (id === 'messy' ? Promise.resolve({ kind: 'file', name: 'messy.csv', file: new Blob(['x']) }) : null),
    wasmBinary: async () => new ArrayBuffer(4),
    now: () => clock,
    every(milliseconds, callback) {
      expect(milliseconds).toBe(1000);
      looks.push(callback);
      return () => (looks = looks.filter((one) => one !== callback));
    },
    pass(milliseconds) {
      for (let gone = 0; gone < milliseconds; gone += 1000) {
        clock += 1000;
        for (const look of looks) look();
      }
    },
  };
}

let client: EngineClient;
afterEach(() => client.dispose());

function meet(options: TinyOptions = {}, change: Partial<Services> = {}, set = waves()) {
  const surroundings = world(testServices({ method: () => tinyMethod(options), ...change }, set));
  client = createClient(surroundings);
  const events: ClientEvent[] = [];
  client.subscribe((event) => events.push(event));
  const of = <K extends ClientEvent['kind']>(kind: K) => events.filter((event): event is Extract<ClientEvent, { kind: K }> => event.kind === kind);
  const until = (test: () => boolean) => vi.waitFor(() => expect(test()).toBe(true), { timeout: 4000, interval: 1 });
  const open = async () => {
    client.send({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'waves.csv', text: 'x' } });
    await until(() => of('dataset').length > 0);
  };
  const train = (epochs = 5, runId = 1) => client.send({ kind: 'train', runId, spec: { ...spec, epochs }, backend: 'cpu' });
  const done = (runId = 1) => until(() => of('runState').some((event) => event.runId === runId && event.state === 'done'));
  return { surroundings, events, of, until, open, train, done };
}

describe('client', () => {
  it('sends the WASM binary first, then the commands in order', async () => {
    const { surroundings, open, of } = meet();
    await open();
    expect(surroundings.heard.engine.map(({ kind }) => kind)).toEqual(['init', 'open']);
    expect((surroundings.heard.engine[0] as { wasmBinary: ArrayBuffer }).wasmBinary.byteLength).toBe(4);
    expect(of('ready')).toHaveLength(1);
  });

  it('tells how many threads are wanted, also to a worker that takes over', async () => {
    const { surroundings, open, until } = meet();
    client.send({ kind: 'setThreads', threads: 2 });
    await open();
    client.send({ kind: 'setThreads', threads: 3 });
    await until(() => surroundings.heard.engine.some(({ kind }) => kind === 'setThreads'));
    client.restart();
    await until(() => surroundings.heard.engine.filter(({ kind }) => kind === 'init').length === 2);
    expect(surroundings.heard.engine.flatMap((command) => ('threads' in command ? [[command.kind, command.threads]] : []))).toEqual([['init', 2], ['setThreads', 3], ['init', 3]]);
  });

  it('fetches a sample that is a file and leaves the others to the worker', async () => {
    const { surroundings, of, until } = meet();
    client.send({ kind: 'open', requestId: 1, source: { kind: 'sample', id: 'messy' } });
    await until(() => of('dataset').length === 1);
    client.send({ kind: 'open', requestId: 2, source: { kind: 'sample', id: 'cbf20' } });
    await until(() => of('dataset').length === 2);
    const opens = surroundings.heard.engine.filter((command) => command.kind === 'open');
    expect(opens.map(({ source }) => source.kind)).toEqual(['file', 'sample']);
    expect(of('dataset').map(({ name }) => name)).toEqual(['messy.csv', 'cbf20.csv']);
  });

  it('acknowledges every snapshot and sends its latents to the projector', async () => {
    const { surroundings, open, train, done, of } = meet();
    await open();
    train();
    await done();
    const shots = of('snapshot').map(({ snapshot }) => snapshot.epoch);
    expect(surroundings.heard.engine.filter(({ kind }) => kind === 'ack')).toHaveLength(shots.length);
    expect(surroundings.heard.projector).toMatchObject([{ kind: 'configure', runId: 1, seed: 7, method: 'tsne' }, ...shots.map((epoch) => ({ kind: 'project', epoch, final: false })), { kind: 'project', epoch: 5, final: true }]);
  });

  it('passes maps of the current run on, acknowledges them, and drops those of an older run', async () => {
    const { surroundings, open, train, done, of } = meet();
    await open();
    train();
    await done();
    const map = { kind: 'projection', runId: 1, epoch: 5, map: new Float32Array(16), method: 'pca', iteration: 0, klDivergence: null };
    surroundings.projectors[0].say(map);
    surroundings.projectors[0].say({ ...map, runId: 0 });
    expect(of('projection')).toEqual([map]);
    await vi.waitFor(() => expect(surroundings.heard.projector.at(-1)).toMatchObject({ kind: 'ack' }));
  });

  it('runs tsne-js only on request, at rest, in a worker of its own that ends when training goes on', async () => {
    const { surroundings, open, train, done } = meet();
    await open();
    train();
    await done();
    client.send({ kind: 'setProjection', method: 'tsne-js' });
    await vi.waitFor(() => expect(surroundings.heard.reference).toMatchObject([{ runId: 1, epoch: 5, seed: 7 }]));
    train(5, 2);
    await done(2);
    expect(surroundings.references[0].terminated).toBe(true);
  });

  it('asks for UMAP when it is chosen, and stays with t-SNE beyond 5,000 series, once with a word', async () => {
    const few = meet();
    await few.open();
    few.train();
    await few.done();
    client.send({ kind: 'setProjection', method: 'umap' });
    await vi.waitFor(() => expect(few.surroundings.heard.projector.slice(-2)).toMatchObject([{ kind: 'configure', method: 'umap' }, { kind: 'project', epoch: 5, final: true }]));
    client.dispose();

    const many = meet({}, {}, waves(5001, 4));
    client.send({ kind: 'setProjection', method: 'umap' });
    await many.open();
    many.train();
    await many.done();
    await vi.waitFor(() => expect(many.surroundings.heard.projector.at(-1)).toMatchObject({ kind: 'project', epoch: 5, final: true }));
    expect(many.surroundings.heard.projector.filter((command) => (command as { kind: string }).kind === 'configure').at(-1)).toMatchObject({ method: 'tsne' });
    expect(many.of('notice').map(({ message }) => message)).toEqual(['UMAP takes at most 5000 series, and there are 5001; the map stays with t-SNE.']);
  });

  it('refuses tsne-js beyond 300 series and says so', async () => {
    const { surroundings, open, train, done, of } = meet({}, {}, waves(301, 4));
    await open();
    train();
    await done();
    client.send({ kind: 'setProjection', method: 'tsne-js' });
    expect(of('notice')[0].message).toContain('at most 300');
    expect(surroundings.references).toHaveLength(0);
  });
});

describe('client when the worker dies', () => {
  it('goes on in a new worker from the last checkpoint, and ends as an undisturbed run', async () => {
    const plain = meet();
    await plain.open();
    plain.train(40);
    await plain.done();
    client.dispose();

    let clock = 0;
    const { surroundings, open, train, done, of, until, events } = meet({}, { now: () => (clock += 100) });
    await open();
    train(40);
    await until(() => of('losses').length >= 12);
    surroundings.engines[0].onerror?.({ message: 'boom' });
    await done();
    expect(surroundings.engines).toHaveLength(2);
    expect(surroundings.engines[0].terminated).toBe(true);
    expect(of('dataset')).toHaveLength(1);
    expect(of('runStarted')).toHaveLength(1);
    const [changed] = of('backendChanged');
    expect(changed.epoch).toBeGreaterThan(0);
    expect(of('notice')[0].message).toMatch(/boom.*goes on from epoch/);
    expect(events.filter(({ kind }) => kind === 'engineAlive' || kind === 'ready').map(({ kind }) => kind)).toEqual(['ready', 'engineAlive', 'ready']);
    const again = of('losses').slice(of('losses').findLastIndex(({ epoch }) => epoch === changed.epoch + 1));
    expect(again.map(({ epoch, losses }) => ({ epoch, losses }))).toEqual(plain.of('losses').slice(changed.epoch).map(({ epoch, losses }) => ({ epoch, losses })));

    client.send({ kind: 'export', requestId: 9, files: ['run'], map: null });
    await until(() => of('exported').length > 0);
    const run = JSON.parse(await of('exported')[0].files[0].blob.text());
    expect(run.losses.map(({ epoch }: { epoch: number }) => epoch)).toEqual(Array.from({ length: 40 }, (_, e) => e + 1));
  });

  it('goes on with a run that was ordered while the file was still being read', async () => {
    const { of, until, train, done } = meet();
    client.send({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'waves.csv', text: 'x' } });
    train(2000);
    await until(() => of('checkpoint').length > 0);
    client.restart();
    await done();
    expect(of('backendChanged')).toHaveLength(1);
  });

  it('keeps a paused run paused, with the options that were changed', async () => {
    const { surroundings, open, train, until, of, done } = meet();
    await open();
    train(8);
    client.send({ kind: 'step', runId: 1 });
    await until(() => of('runState').at(-1)?.state === 'paused');
    client.send({ kind: 'setOptions', runId: 1, options: { lambda: 0.25 } });
    await until(() => of('optionsChanged').length > 0);
    client.restart();
    await until(() => of('runState').length === 3);
    expect(of('runState').at(-1)).toMatchObject({ state: 'paused', epoch: 1 });
    expect(surroundings.heard.engine.findLast(({ kind }) => kind === 'train')).toMatchObject({ options: { lambda: 0.25 }, paused: true, from: { epoch: 1 } });
    client.send({ kind: 'resume', runId: 1 });
    await done();
  });

  it('can still export a finished run, without telling anything twice', async () => {
    const { open, train, done, of, until, events } = meet();
    await open();
    train();
    await done();
    client.restart();
    const before = events.length;
    client.send({ kind: 'export', requestId: 4, files: ['latent', 'run'], map: null });
    await until(() => of('exported').length > 0);
    expect(events.slice(before).map(({ kind }) => kind).filter((kind) => kind !== 'ready')).toEqual(['exported']);
    const [latent, run] = await Promise.all(of('exported')[0].files.map(({ blob }) => blob.text()));
    expect(latent.split('\n')[1]).toMatch(/^s0,5,/);
    expect(JSON.parse(run).losses).toHaveLength(5);
  });

  it('keeps a heat map that was made, and makes one that was not, when the worker is replaced', async () => {
    let answers = true;
    const { open, train, done, of, until } = meet({}, {
      relevance: () => async function* sometimes(...call) {
        if (!answers) await new Promise(() => {});
        return yield* tinyRelevance(...call);
      },
    });
    await open();
    train();
    await until(() => of('relevance').length === 1);
    client.restart();
    client.send({ kind: 'export', requestId: 4, files: ['relevance'], map: null });
    await until(() => of('exported').length === 1);
    expect(of('exported')[0].files.map(({ name }) => name)).toEqual(['relevance.csv']);
    expect(of('relevance')).toHaveLength(1);
    answers = false;
    train(5, 2);
    await done(2);
    await until(() => of('makingRelevance').some(({ runId }) => runId === 2));
    answers = true;
    client.restart();
    await until(() => of('relevance').some(({ runId }) => runId === 2));
  });

  it('does not read a file again that killed the worker', async () => {
    const { surroundings, of } = meet({}, { readSeries: () => new Promise(() => {}) });
    client.send({ kind: 'open', requestId: 3, source: { kind: 'text', name: 'huge.csv', text: 'x' } });
    await vi.waitFor(() => expect(of('opening')).toHaveLength(1));
    surroundings.engines[0].onerror?.({ message: 'out of memory' });
    expect(of('openFailed')).toMatchObject([{ requestId: 3, failure: { kind: 'internal', message: expect.stringContaining('out of memory') } }]);
    await vi.waitFor(() => expect(of('ready')).toHaveLength(2));
    expect(surroundings.heard.engine.filter(({ kind }) => kind === 'open')).toHaveLength(1);
  });

  it('notices silence after ten seconds, but not when the page itself slept', async () => {
    const { surroundings, open } = meet();
    await open();
    surroundings.engines[0].hang();
    surroundings.pass(9000);
    expect(surroundings.engines).toHaveLength(1);
    surroundings.pass(2000);
    expect(surroundings.engines).toHaveLength(2);
  });

  it('ends a run that kills every worker', async () => {
    const { surroundings, open, train, of, until } = meet({ beforeBatch: () => new Promise(() => {}) });
    await open();
    train();
    await until(() => of('runStarted').length === 1);
    for (let death = 0; death < 4; death++) {
      surroundings.engines.at(-1)?.onerror?.({ message: 'boom' });
      await until(() => of('ready').length === death + 2);
    }
    expect(of('runFailed')).toMatchObject([{ runId: 1, failure: { kind: 'internal' } }]);
    expect(of('runState').at(-1)?.state).toBe('failed');
  });
});
