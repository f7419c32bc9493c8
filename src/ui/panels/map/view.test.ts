import { expect, test } from 'vitest';
import { UMAP_LIMIT as LIMIT } from '../../../core/projection/limits';
import { initialState } from '../../store/initial';
import type { AppState, EpochRecord } from '../../store/state';
import { engineOf, mapRecord, TSNE_EXACT_LIMIT, TSNE_PAIR_LIMIT, UMAP_LIMIT } from './view';

function record(epoch: number, mapped: boolean): EpochRecord {
  const shot = { assignments: new Int32Array(2), confidence: new Float32Array(2), imputed: new Float64Array(0), metrics: null, imputation: null };
  return { epoch, losses: null, seconds: 0, shot, map: mapped ? new Float32Array(4) : null, mapMethod: mapped ? 'tsne' : null };
}

function state(epoch: number | null): AppState {
  const plain = initialState();
  return { ...plain, run: { ...plain.run, history: [record(1, true), record(2, true), record(3, false)] }, view: { ...plain.view, epoch } };
}

test('shows the newest map while the projection of the newest epoch is under way', () => {
  expect(mapRecord(state(null))?.epoch).toBe(2);
});

test('never shows a map later than the epoch in view', () => {
  expect(mapRecord(state(1))?.epoch).toBe(1);
  expect(mapRecord(state(0))).toBeNull();
});

test('names the engine of t-SNE by the number of series', () => {
  const sizes = [TSNE_EXACT_LIMIT, TSNE_EXACT_LIMIT + 1, TSNE_PAIR_LIMIT, TSNE_PAIR_LIMIT + 1];
  expect(sizes.map((n) => engineOf('tsne', n))).toEqual(['allPairs', 'nearAttraction', 'nearAttraction', 'grid']);
  expect([engineOf('pca', 9000), engineOf('umap', 200), engineOf('tsne-js', 200)]).toEqual(['pca', 'umap', 'tsneJs']);
});

test('offers UMAP for as many series as it takes', () => {
  expect(UMAP_LIMIT).toBe(LIMIT);
});
