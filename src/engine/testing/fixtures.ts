import { crli } from '../../core/nn/training/crli';
import type { RunSpec } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import type { ImportPlan, ImportReport } from '../../core/series/reading/plan';
import type { EngineEvent } from '../protocol';
import { createRunner, type Runner } from '../runner';
import type { Services } from '../services';
import { nextTurn } from '../turn';

export const spec: RunSpec = {
  version: 1,
  method: 'crli',
  clusters: 2,
  seed: 7,
  epochs: 5,
  options: {},
  preparation: { standardise: 'perVariable' },
  hideRate: 0.1,
};

const plan: ImportPlan = {
  encoding: 'utf-8',
  delimiter: ',',
  decimal: '.',
  skipRows: 0,
  header: false,
  layout: 'wide',
  roles: ['id', 'value', 'value'],
  missingMarks: [''],
  sentinels: [],
  ends: 'gaps',
  align: 'time',
};

const report: ImportReport = {
  bytes: 0,
  rows: { total: 0, preamble: 0, header: 0, data: 0, blank: 0, rejected: 0 },
  cells: { total: 0, observed: 0, missing: 0, outside: 0, repaired: 0, rejected: 0 },
  suspectedSentinels: [],
  notes: [],
};

/** N series of T steps: two kinds of waves, every seventh cell missing, labels by kind. */
export function waves(n = 8, t = 12): SeriesSet {
  const mask = Uint8Array.from({ length: n * t }, (_, at) => (at % 7 === 3 ? 0 : 1));
  const values = Float64Array.from({ length: n * t }, (_, at) => {
    const i = Math.floor(at / t);
    return mask[at] * (Math.sin((at % t) * (i < n / 2 ? 1 : 2)) + i / 10);
  });
  return {
    name: 'waves',
    n,
    t,
    d: 1,
    values,
    mask,
    starts: new Int32Array(n),
    ends: new Int32Array(n).fill(t),
    ids: Array.from({ length: n }, (_, i) => `s${i}`),
    variables: ['value'],
    time: { kind: 'index', name: 'step', values: Float64Array.from({ length: t }, (_, at) => at), texts: Array.from({ length: t }, (_, at) => String(at)) },
    labels: { name: 'kind', names: ['slow', 'fast'], codes: Int32Array.from({ length: n }, (_, i) => (i < n / 2 ? 0 : 1)) },
    split: null,
  };
}

/** Services without a machine: the given set for every source, the given method, a backend named cpu. */
export function testServices(change: Partial<Services> = {}, set: SeriesSet = waves()): Services {
  return {
    readSeries: async () => ({ set, report, plan, preview: { plan, columns: [], rows: [], summary: '', notes: [] } }),
    sample: async (id) => ({ name: `${id}.csv`, bytes: new Blob(['x']) }),
    method: () => crli,
    apply: () => null,
    relevance: () => null,
    chooseBackend: async (choice) => ({ name: choice === 'auto' ? 'cpu' : choice, device: 'test', reason: 'test' }),
    onFatal: () => () => {},
    onSlower: () => () => {},
    isBackendLost: () => false,
    now: () => performance.now(),
    nextTurn,
    version: '0.0.0',
    ...change,
  };
}

export interface Conversation {
  runner: Runner;
  /** As a receiver on another thread would hold them: copied by structuredClone. */
  events: EngineEvent[];
  of<K extends EngineEvent['kind']>(kind: K): Extract<EngineEvent, { kind: K }>[];
  /** Resolves once an event satisfies `test`, already heard or yet to come. */
  until(test: (event: EngineEvent) => boolean): Promise<EngineEvent>;
}

/** A runner, every event that it emits, and snapshots acknowledged at once unless `acknowledge` is false. */
export function converse(services: Services, acknowledge = true): Conversation {
  const events: EngineEvent[] = [];
  let waiting: { test: (event: EngineEvent) => boolean; resolve: (event: EngineEvent) => void }[] = [];
  const runner = createRunner((sent) => {
    const event = structuredClone(sent);
    events.push(event);
    if (acknowledge && event.kind === 'snapshot') runner.handle({ kind: 'ack', runId: event.runId, epoch: event.snapshot.epoch });
    for (const one of waiting.filter(({ test }) => test(event))) one.resolve(event);
    waiting = waiting.filter(({ test }) => !test(event));
  }, services);
  return {
    runner,
    events,
    of: <K extends EngineEvent['kind']>(kind: K) => events.filter((event): event is Extract<EngineEvent, { kind: K }> => event.kind === kind),
    until(test) {
      const heard = events.find(test);
      return heard ? Promise.resolve(heard) : new Promise((resolve) => waiting.push({ test, resolve }));
    },
  };
}

/** A conversation in which the data set is open. */
export async function opened(services: Services, acknowledge = true): Promise<Conversation> {
  const conversation = converse(services, acknowledge);
  conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'waves.csv', text: 'x' } });
  await conversation.runner.idle();
  return conversation;
}
