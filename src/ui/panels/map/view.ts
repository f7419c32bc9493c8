import { type Groups, groupsOf } from '../shared/groups';
import type { AppState, EpochRecord } from '../../store/state';

/** Series up to which tsne-js is offered. */
export const TSNE_JS_LIMIT = 300;
/** Series up to which UMAP is offered. */
export const UMAP_LIMIT = 5000;
/** Series up to which t-SNE takes the affinities of all pairs, and up to which repulsion is that of all pairs. */
export const TSNE_EXACT_LIMIT = 5000;
export const TSNE_PAIR_LIMIT = 20_000;

/** What made a map: the method, for t-SNE with what its engine leaves out or approximates. */
export type MapEngine = 'pca' | 'umap' | 'tsneJs' | 'allPairs' | 'nearAttraction' | 'grid';

export function engineOf(method: NonNullable<EpochRecord['mapMethod']>, n: number): MapEngine {
  if (method === 'pca' || method === 'umap') return method;
  if (method === 'tsne-js') return 'tsneJs';
  return n <= TSNE_EXACT_LIMIT ? 'allPairs' : n <= TSNE_PAIR_LIMIT ? 'nearAttraction' : 'grid';
}

/** The newest record with a map, no later than the epoch in view. */
export function mapRecord(state: AppState): (EpochRecord & { map: Float32Array; shot: NonNullable<EpochRecord['shot']> }) | null {
  const wanted = state.view.epoch;
  const record = state.run.history.findLast(({ epoch, map, shot }) => map !== null && shot !== null && (wanted === null || epoch <= wanted));
  return (record as ReturnType<typeof mapRecord> | undefined) ?? null;
}

/** The groups by which the map is coloured now. */
export function mapGroups(state: AppState): Groups | null {
  const { set } = state.dataset;
  const clusters = state.run.start?.spec.clusters ?? state.experiment.clusters;
  return set === null ? null : groupsOf(set, state.view.colourBy, mapRecord(state)?.shot.assignments ?? null, clusters);
}
