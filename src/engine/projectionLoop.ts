import type { createProjector, Projection, Projector } from '../core/projection/project';
import type { ProjectionCommand, ProjectionEvent } from './protocol';

type ProjectCommand = Extract<ProjectionCommand, { kind: 'project' }>;

/** Milliseconds of refinement before newer commands are heard. */
const SLICE = 25;
/** Milliseconds between two maps of the same epoch. */
const INTERVAL = 100;
/** Milliseconds spent on an epoch that training has not ended with. */
const BUDGET = 400;

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
 * acknowledged. The last epoch is refined to the end.
 */
export function createProjectionLoop(emit: (event: ProjectionEvent) => void, { createProjector, now, nextTurn }: ProjectionServices): ProjectionLoop {
  let projector: Projector | null = null;
  let target: ProjectCommand | null = null;
  /** The same epoch again goes on with the same array, which tells the projector to go on with the same map. */
  let last: ProjectCommand | null = null;
  let acknowledged = true;
  let work: Promise<void> = Promise.resolve();
  let busy = false;

  const refine = async (order: ProjectCommand, on: Projector): Promise<void> => {
    const begun = now();
    let projection = on.project(order.latents, order.latentWidth, { budgetMs: 0 });
    let sent: Projection | null = null;
    let sentAt = Number.NEGATIVE_INFINITY;
    const send = (): void => {
      const { map, method, iteration, klDivergence } = projection;
      acknowledged = false;
      sent = projection;
      sentAt = now();
      emit({ kind: 'projection', runId: order.runId, epoch: order.epoch, map, method, iteration, klDivergence });
    };
    if (projection.method === 'pca' && acknowledged) send();
    while (!projection.done && target === order && (order.final || now() - begun < BUDGET)) {
      await nextTurn();
      if (projector !== on) return;
      projection = on.project(order.latents, order.latentWidth, { budgetMs: SLICE });
      if (acknowledged && now() - sentAt >= INTERVAL) send();
    }
    if (sent !== projection) send();
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
