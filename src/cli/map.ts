import { createProjector, type Projection } from '../core/projection/project';
import { TSNE_LIMIT } from '../core/projection/tsne/tsne';

/** The map of the latents [N, width] as a run ends with it on the page: t-SNE to the end, or PCA where there are too many series. */
export function finalMap(latents: Float32Array, width: number, seed: number): Projection {
  const method = latents.length / width <= TSNE_LIMIT ? 'tsne' : 'pca';
  return createProjector({ method, seed }).project(latents, width, { final: true });
}
