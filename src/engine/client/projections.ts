import { UMAP_LIMIT } from '../../core/projection/limits';
import type { MappingEvent, ProjectionCommand, ProjectionEvent, ProjectionMethod, ReferenceCommand, RunSnapshot } from '../protocol';
import type { Port, Surroundings } from './port';

/** tsne-js needs minutes beyond this many series. */
export const REFERENCE_LIMIT = 300;

type Said = ProjectionEvent | MappingEvent | { kind: 'notice'; runId: number | null; message: string };

export interface Projections {
  runStarted(runId: number, seed: number): void;
  snapshot(runId: number, snapshot: RunSnapshot): void;
  /** Training rests on the last snapshot: refine its map to the end. */
  rest(): void;
  choose(method: ProjectionMethod, perplexity: number | null): void;
  dispose(): void;
}

interface Latents {
  runId: number;
  epoch: number;
  latents: Float32Array;
  latentWidth: number;
}

/** Sends latents to the projection workers and hands their maps on; training never waits for either. */
export function createProjections(surroundings: Pick<Surroundings, 'projector' | 'reference'>, say: (said: Said) => void): Projections {
  let projector: Port | null = null;
  let reference: Port | null = null;
  let method: ProjectionMethod = 'tsne';
  let perplexity: number | null = null;
  let run = { runId: -1, seed: 0 };
  let last: Latents | null = null;
  let resting = false;

  const post = (command: ProjectionCommand): void => {
    projector ??= startProjector();
    projector.postMessage(command, command.kind === 'project' ? [command.latents.buffer as ArrayBuffer] : []);
  };

  const startProjector = (): Port => {
    const port = surroundings.projector();
    port.onmessage = ({ data }) => {
      const event = data as ProjectionEvent | MappingEvent;
      if (event.runId === run.runId) say(event);
      if (event.kind === 'mapping') return;
      port.postMessage({ kind: 'ack', runId: event.runId, epoch: event.epoch } satisfies ProjectionCommand, []);
    };
    port.onerror = (event) => {
      event.preventDefault?.();
      port.terminate();
      projector = null;
      say({ kind: 'mapping', runId: run.runId, epoch: last?.epoch ?? 0, ready: 1 });
      say({ kind: 'notice', runId: run.runId, message: `The map could not be drawn (${event.message ?? 'no message'}). It is tried again with the next epoch.` });
    };
    port.postMessage(configuration(), []);
    return port;
  };

  const configuration = (): Extract<ProjectionCommand, { kind: 'configure' }> => ({ kind: 'configure', ...run, perplexity, method: method === 'tsne-js' || tooMany() ? 'tsne' : method });

  const tooMany = (): boolean => method === 'umap' && seriesOf(last) > UMAP_LIMIT;

  const configure = (): void => {
    if (projector) post(configuration());
  };

  const sayTooMany = (): void => say({ kind: 'notice', runId: run.runId, message: `UMAP takes at most ${UMAP_LIMIT} series, and there are ${seriesOf(last)}; the map stays with t-SNE.` });

  const project = (final: boolean): void => {
    if (!last) return;
    const { runId, epoch, latents, latentWidth } = last;
    post({ kind: 'project', runId, epoch, latents: latents.slice(), latentWidth, final });
  };

  const endReference = (): void => {
    reference?.terminate();
    reference = null;
  };

  const startReference = (): void => {
    endReference();
    if (!last) return;
    const n = seriesOf(last);
    if (n > REFERENCE_LIMIT) {
      say({ kind: 'notice', runId: run.runId, message: `tsne-js takes at most ${REFERENCE_LIMIT} series, and there are ${n}; the map stays with t-SNE.` });
      return;
    }
    reference = surroundings.reference();
    reference.onmessage = ({ data }) => {
      say(data as ProjectionEvent);
      endReference();
    };
    reference.onerror = (event) => {
      event.preventDefault?.();
      endReference();
      say({ kind: 'notice', runId: run.runId, message: `tsne-js failed (${event.message ?? 'no message'}); the map stays with t-SNE.` });
    };
    const { runId, epoch, latents, latentWidth } = last;
    reference.postMessage({ runId, epoch, latents, latentWidth, perplexity, seed: run.seed } satisfies ReferenceCommand, []);
  };

  return {
    runStarted(runId, seed) {
      run = { runId, seed };
      last = null;
      resting = false;
      endReference();
      configure();
    },
    snapshot(runId, { epoch, latents, latentWidth }) {
      const first = last === null;
      last = { runId, epoch, latents, latentWidth };
      if (first && tooMany()) {
        sayTooMany();
        configure();
      }
      resting = false;
      endReference();
      project(false);
    },
    rest() {
      if (resting || !last) return;
      resting = true;
      if (method === 'tsne-js') startReference();
      else project(true);
    },
    choose(chosen, wanted) {
      const before = configuration();
      const wasReference = method === 'tsne-js';
      method = chosen;
      perplexity = wanted;
      endReference();
      if (tooMany()) sayTooMany();
      const after = configuration();
      const changed = before.method !== after.method || before.perplexity !== after.perplexity;
      if (changed) configure();
      if (last && (changed || wasReference)) project(resting);
      if (method === 'tsne-js' && resting) startReference();
    },
    dispose() {
      projector?.terminate();
      endReference();
    },
  };
}

/** N. */
function seriesOf(of: Latents | null): number {
  return of === null ? 0 : of.latents.length / of.latentWidth;
}
