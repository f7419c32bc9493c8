import { createProjector, type Projection } from '../core/projection/project';
import { TSNE_LIMIT } from '../core/projection/tsne/tsne';

/** The map of the latents [N, width] as a run ends with it on the page: t-SNE to the end, or PCA where there are too many series. */
export function finalMap(latents: Float32Array, width: number, seed: number): Projection & { map: Float32Array } {
  const method = latents.length / width <= TSNE_LIMIT ? 'tsne' : 'pca';
  const projection = createProjector({ method, seed }).project(latents, width, { final: true });
  return { ...projection, map: projection.map! }; // there is one when it is done
}
