import type { createProjector, Projection, Projector } from '../core/projection/project';
import type { MappingEvent, ProjectionCommand, ProjectionEvent } from './protocol';

type ProjectCommand = Extract<ProjectionCommand, { kind: 'project' }>;

/** Milliseconds of refinement before newer commands are heard. */
const SLICE = 25;
/** Milliseconds between two maps of the same epoch. */
const INTERVAL = 100;
/** Milliseconds of steps spent on an epoch that training has not ended with, or as many as its affinities took. */
const BUDGET = 400;
/** Milliseconds of affinities before anybody hears of them. */
const PATIENCE = 400;

export interface ProjectionServices {
  createProjector: typeof createProjector;
  now(): number;
  nextTurn(): Promise<void>;
}

export interface ProjectionLoop {
  handle(command: ProjectionCommand): void;
  /** Resolves when there is nothing left to refine; rejects when the latents cannot be projected. */
  idle(): Promise<void>;
}

/**
 * Latents in, maps out, the newest latents first: PCA at once for the first of a run, then t-SNE that goes on from
 * the last map. Maps of the epoch at hand are streamed while it is refined, each after the one before was
 * acknowledged. The last epoch is refined to the end. While the affinities of many series are made, which takes
 * seconds, their share is told instead; an epoch is left for a newer one when its map was refined for as long as its
 * affinities took, for the last one at once.
 */
export function createProjectionLoop(emit: (event: ProjectionEvent | MappingEvent) => void, { createProjector, now, nextTurn }: ProjectionServices): ProjectionLoop {
  let projector: Projector | null = null;
  let target: ProjectCommand | null = null;
  /** The same epoch again goes on with the same array, which tells the projector to go on with the same map. */
  let last: ProjectCommand | null = null;
  let acknowledged = true;
  let work: Promise<void> = Promise.resolve();
  let busy = false;

  const refine = async (order: ProjectCommand, on: Projector): Promise<void> => {
    const { runId, epoch, latents, latentWidth, final } = order;
    let projection = on.project(latents, latentWidth, { budgetMs: 0 });
    let sent: Projection | null = null;
    let sentAt = now();
    const spent = { affinities: 0, steps: 0 };
    const send = (): void => {
      const { map, method, iteration, klDivergence } = projection;
      if (map === null) return;
      acknowledged = false;
      sent = projection;
      sentAt = now();
      emit({ kind: 'projection', runId, epoch, map, method, iteration, klDivergence });
    };
    const isEnough = (): boolean => {
      if (target !== order && target?.final) return true;
      if (projection.ready < 1) return false;
      if (target !== order) return spent.steps >= spent.affinities;
      return !final && spent.steps >= Math.max(BUDGET, spent.affinities);
    };
    while (projection.map === null && (target === order || !target?.final)) {
      await nextTurn();
      if (projector !== on) return;
      projection = on.project(latents, latentWidth, { budgetMs: 0 });
    }
    if (projection.method === 'pca' && acknowledged) send();
    else sentAt -= INTERVAL;
    while (!projection.done && !isEnough()) {
      await nextTurn();
      if (projector !== on) return;
      const begun = now();
      const { ready } = projection;
      projection = on.project(latents, latentWidth, { budgetMs: SLICE });
      spent[ready < 1 ? 'affinities' : 'steps'] += now() - begun;
      if (now() - sentAt < INTERVAL) continue;
      if (projection.ready < 1) {
        if (spent.affinities < PATIENCE) continue;
        emit({ kind: 'mapping', runId, epoch, ready: projection.ready });
        sentAt = now();
      } else if (acknowledged) send();
    }
    if (sent !== projection && projection.ready === 1) send();
  };

  const loop = async (): Promise<void> => {
    busy = true;
    try {
      while (target !== null && projector !== null) {
        const order = target;
        await refine(order, projector);
        if (target === order) target = null;
        else await nextTurn();
      }
    } finally {
      busy = false;
    }
  };

  return {
    handle(command) {
      switch (command.kind) {
        case 'configure': {
          const { method, seed, perplexity } = command;
          projector = createProjector({ method, seed, perplexity });
          target = null;
          last = null;
          break;
        }
        case 'project':
          target = last?.runId === command.runId && last.epoch === command.epoch ? { ...command, latents: last.latents } : command;
          last = target;
          if (!busy) work = loop();
          break;
        case 'ack':
          acknowledged = true;
          break;
      }
    },
    idle: () => work,
  };
}
