/** A sweep over the number of clusters, between the runs. */
import { methodEntry } from '../../core/catalog';
import { check } from '../../core/lib/assert';
import { matrix, type Matrix } from '../../core/lib/matrix';
import { suggest, type Sweep, type SweepRow, type SweepStep } from '../../core/metrics/sweep';
import { sweepClusters } from '../../core/metrics/sweepClusters';
import type { RunSpec } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import { sweepMethod } from '../../core/sweepMethod';
import { toFailure } from '../failure';
import type { Command, SweepOrder, SweepReport } from '../protocol';
import { checkData } from '../run/data';
import { checkMemory } from '../run/memory';
import { prepareRun } from '../run/prepareRun';
import type { RunRecord } from '../run/run';
import { completeSpec } from '../run/spec';
import type { Emit, Services } from '../services';
import { createSweepClock } from './clock';
import { fillSeries } from './fillSeries';

export interface Sweeping {
  readonly requestId: number;
  /** Sweeps until done, stopped or failed; errors become events. */
  start(set: SeriesSet | null, record: RunRecord | null): Promise<void>;
  stop(): void;
  over(): boolean;
}

type Head = Omit<SweepReport, keyof Sweep>;
type Steps = Generator<SweepStep, Sweep, void> | AsyncGenerator<SweepStep, Sweep, void>;

/** @param held a paused run holds the backend: the sweep takes it as it is, as another one would take away what the run stands on */
export function createSweep({ requestId, order, backend }: Extract<Command, { kind: 'sweep' }>, held: boolean, emit: Emit, services: Services): Sweeping {
  let stopping = false;
  let over = false;

  const sweep = async (set: SeriesSet | null, record: RunRecord | null): Promise<void> => {
    check(set !== null, 'There is no data to sweep over. Open a file first.');
    const clock = createSweepClock(services.now);
    const hear = (step: SweepStep): void => {
      if (step.kind === 'row') return emit({ kind: 'sweepRow', requestId, row: structuredClone(step.row) });
      const news = clock.news(step.doing);
      if (news) emit({ kind: 'sweepDoing', requestId, ...news });
    };
    const { head, steps } = await begin(order, set, record, async () => void (held || (await services.chooseBackend(backend))), services, hear, () => stopping);
    for (const message of head.preparationNotes) emit({ kind: 'notice', runId: null, message });
    const rows: SweepRow[] = [];
    let found: Sweep | null = null;
    while (!stopping) {
      const step = await steps.next();
      if (step.done) {
        found = step.value;
        break;
      }
      if (step.value.kind === 'row') rows.push(step.value.row);
      hear(step.value);
      await services.nextTurn();
    }
    if (found === null) await steps.return?.(undefined as never);
    const told = found ?? { sample: 0, n: set.n, repeats: order.repeats, parts: '', empty: {}, rows, suggested: suggest(rows) };
    const report: SweepReport = { ...head, ...told, ...(found === null && { stopped: true as const }) };
    emit({ kind: 'swept', requestId, report: structuredClone(report), file: `${JSON.stringify(report, tenDigits, 2)}\n` });
  };

  return {
    requestId,
    start: (set, record) =>
      sweep(set, record)
        .catch((error: unknown) => emit({ kind: 'sweepFailed', requestId, failure: toFailure(error) }))
        .finally(() => {
          over = true;
        }),
    stop: () => void (stopping = true),
    over: () => over,
  };
}

/** The last digits of a logarithm differ from engine to engine; the file should not. */
function tenDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value;
}

/** What is swept over, and how it is called in the report. */
async function begin(order: SweepOrder, set: SeriesSet, record: RunRecord | null, backend: () => Promise<void>, services: Services, hear: (step: SweepStep) => void, stopped: () => boolean): Promise<{ head: Head; steps: Steps }> {
  const { from, to, repeats } = order;
  check(Number.isInteger(from) && Number.isInteger(to) && from >= 2 && from <= to, `A sweep goes from K = ${from} to ${to}; it must start at 2 or more and not end before it starts.`);
  check(Number.isInteger(repeats) && repeats >= 2 && repeats <= 50, `A sweep repeats each clustering ${repeats} times; it must be a whole number from 2 to 50.`);
  const counts = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  if (order.on === 'latents') return onLatents(counts, repeats, record);

  const spec = completeSpec({ ...order.spec, clusters: 2, hideRate: 0 });
  checkData(set, spec);
  const { data, notes } = prepareRun(set, spec);
  const { values, filling, backendNeeded } = fillSeries(data, spec);
  if (order.on === 'method' || backendNeeded) await backend();
  const points = await pulled(values, hear, stopped, services);
  const common = { space: 'prepared series', distance: 'Euclidean', filling, preparation: spec.preparation, preparationNotes: notes, seed: spec.seed } as const;
  if (order.on === 'series') return { head: { ...common, clustering: 'k-means' }, steps: sweepClusters(points, counts, spec.seed, { repeats }) };
  checkMemory(set, { ...spec, clusters: to });
  const { method, epochs, options } = spec;
  return {
    head: { ...common, clustering: methodEntry(method).label, method: { method, epochs, options } },
    steps: sweepMethod({ run: services.method(method), apply: services.apply(method) }, data, points, counts, spec, repeats),
  };
}

function onLatents(counts: readonly number[], repeats: number, record: RunRecord | null): { head: Head; steps: Steps } {
  const snapshot = record?.journal.snapshot ?? null;
  check(record !== null && snapshot !== null, 'There are no latents to sweep over yet. Train first, or sweep over the prepared series.');
  const { spec, notes } = record.start;
  const points = matrix(snapshot.latents.length / snapshot.latentWidth, snapshot.latentWidth, snapshot.latents);
  const run: RunSpec = spec;
  return {
    head: {
      space: 'latents',
      distance: 'Euclidean',
      clustering: 'k-means',
      filling: null,
      preparation: spec.preparation,
      preparationNotes: notes,
      seed: spec.seed,
      method: { method: run.method, epochs: run.epochs, options: run.options, clusters: run.clusters, epoch: snapshot.epoch },
    },
    steps: sweepClusters(points, counts, spec.seed, { repeats }),
  };
}

/** What the filling returns; no points once it is stopped. */
async function pulled(filling: AsyncGenerator<SweepStep, Matrix, void>, hear: (step: SweepStep) => void, stopped: () => boolean, services: Services): Promise<Matrix> {
  while (!stopped()) {
    const step = await filling.next();
    if (step.done) return step.value;
    hear(step.value);
    await services.nextTurn();
  }
  await filling.return(matrix(0, 0));
  return matrix(0, 0);
}
