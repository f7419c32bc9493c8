import { afterEach, expect, it } from 'vitest';
import { Random } from '../core/lib/random';
import { createClient, type EngineClient } from './client';
import { pageSurroundings } from './client/page';
import type { Port } from './client/port';
import type { ClientEvent } from './protocol';
import { spec } from './testing/fixtures';

const EPOCHS = 12;
const TEXT = ['id,label,a,b,c,d,e,f', ...Array.from({ length: 12 }, (_, i) => [`s${i}`, 'xy'[i % 2], ...Array.from({ length: 6 }, (_, t) => ((i + t) % 5 === 0 ? '' : Math.sin(t * (1 + (i % 2)))))].join(','))].join('\n');

let client: EngineClient;
afterEach(() => client.dispose());

interface Journey {
  events: ClientEvent[];
  of<K extends ClientEvent['kind']>(kind: K): Extract<ClientEvent, { kind: K }>[];
  until(test: () => boolean): Promise<void>;
  engines: Port[];
}

/** Real workers: the data is open and a run on WASM has begun. */
async function begin(epochs = EPOCHS): Promise<Journey> {
  const page = pageSurroundings();
  const engines: Port[] = [];
  client = createClient({
    ...page,
    engine() {
      const port = page.engine();
      engines.push(port);
      return port;
    },
  });
  const events: ClientEvent[] = [];
  let check = (): void => {};
  client.subscribe((event) => {
    events.push(event);
    check();
  });
  const journey: Journey = {
    events,
    engines,
    of: <K extends ClientEvent['kind']>(kind: K) => events.filter((event): event is Extract<ClientEvent, { kind: K }> => event.kind === kind),
    until: (test) =>
      new Promise((resolve) => {
        check = () => test() && resolve();
        check();
      }),
  };
  client.send({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'data.csv', text: TEXT } });
  client.send({ kind: 'train', runId: 1, spec: { ...spec, epochs, options: { hiddenUnits: 4, batchSize: 4 } }, backend: 'wasm' });
  await journey.until(() => journey.of('runStarted').length > 0 || journey.of('runFailed').length > 0);
  return journey;
}

const over = ({ of }: Journey) => of('runState').some(({ state }) => state === 'done' || state === 'failed');
const lastLosses = ({ of }: Journey) => new Map(of('losses').map(({ epoch, losses }) => [epoch, losses]));

it('trains in a worker on WASM, and its maps come from another', { timeout: 120_000 }, async () => {
  const journey = await begin();
  await journey.until(() => over(journey) && journey.of('projection').some(({ method, epoch }) => method === 'tsne' && epoch === EPOCHS));
  expect(journey.of('runStarted')[0].start.backend.name).toBe('wasm');
  expect(journey.of('losses').map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, e) => e + 1));
  expect(journey.of('projection').at(-1)?.map).toHaveLength(24);
});

it('ends as an undisturbed run when its worker is killed at random moments', { timeout: 240_000 }, async () => {
  const plain = await begin();
  await plain.until(() => over(plain));
  client.dispose();

  const random = new Random(20);
  const journey = await begin();
  for (let kill = 1; kill <= 3; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 400 * random.uniform()));
    if (over(journey)) break;
    const epochs = journey.of('losses').length;
    journey.engines.at(-1)?.terminate();
    client.restart('it was killed');
    await journey.until(() => journey.of('losses').length > epochs || over(journey));
  }
  await journey.until(() => over(journey));
  expect(journey.of('runState').at(-1)?.state).toBe('done');
  expect(journey.of('dataset')).toHaveLength(1);
  expect(lastLosses(journey)).toEqual(lastLosses(plain));
});

it('notices a worker that fell silent and goes on', { timeout: 120_000 }, async () => {
  const journey = await begin(1e5);
  await journey.until(() => journey.of('checkpoint').length > 1);
  journey.engines[0].terminate();
  await journey.until(() => journey.of('backendChanged').length > 0);
  const { epoch } = journey.of('backendChanged')[0];
  await journey.until(() => journey.of('losses').at(-1)?.epoch === epoch + 1);
  expect(journey.of('notice')[0].message).toMatch(/not answered for 1\d seconds/);
});
