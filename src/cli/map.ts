import { check } from '../core/lib/assert';
import { UMAP_LIMIT } from '../core/projection/limits';
import { createProjector, type Projection } from '../core/projection/project';
import { TSNE_LIMIT } from '../core/projection/tsne/tsne';
import { createUmap } from '../core/projection/umapMap';

export const mapMethods = ['tsne', 'umap', 'pca'] as const;
export type MapMethod = (typeof mapMethods)[number];

/** @throws InputError when UMAP is asked for more series than it takes */
export function checkMap(method: MapMethod | null, n: number): void {
  check(method !== 'umap' || n <= UMAP_LIMIT, `--map is "umap", which takes at most ${UMAP_LIMIT} series, and there are ${n}. Choose tsne or pca.`);
}

/** The map of the latents [N, width] as a run ends with it on the page: t-SNE or UMAP to the end, or PCA, which takes the place of t-SNE where there are too many series. */
export function finalMap(latents: Float32Array, width: number, seed: number, asked: MapMethod | null): Projection & { map: Float32Array } {
  const method = (asked ?? 'tsne') === 'tsne' && latents.length / width > TSNE_LIMIT ? 'pca' : (asked ?? 'tsne');
  const projection = createProjector({ method, seed, umap: createUmap }).project(latents, width, { final: true });
  return { ...projection, map: projection.map! }; // there is one when it is done
}

/** What was drawn, in words. */
export function mapWords({ method, iteration }: Pick<Projection, 'method' | 'iteration'>): string {
  return method === 'pca' ? 'PCA of the latents' : `${method === 'umap' ? 'UMAP' : 't-SNE'} of the latents, ${iteration} steps`;
}
