/**
 * The reference projection, tsne-js, in a thread that can be killed. Its dependencies build functions from text,
 * so this is the one file whose content security policy allows eval; it has no network.
 */
import { matrix } from '../core/lib/matrix';
import { tsneJs } from '../core/projection/tsneJs';
import { transferables, type ProjectionEvent, type ReferenceCommand } from './protocol';

self.onmessage = ({ data }: MessageEvent<ReferenceCommand>) => {
  const { runId, epoch, latents, latentWidth, perplexity, seed } = data;
  const { map, iteration } = tsneJs(matrix(latents.length / latentWidth, latentWidth, latents), { seed, perplexity });
  const event: ProjectionEvent = { kind: 'projection', runId, epoch, map, method: 'tsne-js', iteration, klDivergence: null };
  self.postMessage(event, { transfer: transferables(event) });
};
