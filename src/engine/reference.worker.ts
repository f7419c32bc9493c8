/**
 * The reference projection, tsne-js, in a thread that can be killed. Its dependencies build functions from text,
 * so this is the one file whose content security policy allows eval; it has no network.
 */
import TSNE from 'tsne-js';
import { Random } from '../core/lib/random';
import { transferables, type ProjectionEvent, type ReferenceCommand } from './protocol';

const ITERATIONS = 500;

self.onmessage = ({ data }: MessageEvent<ReferenceCommand>) => {
  const { runId, epoch, latents, latentWidth, perplexity, seed } = data;
  const n = latents.length / latentWidth;
  const random = new Random(seed);
  Math.random = () => random.uniform();
  const model = new TSNE({ dim: 2, perplexity: perplexity ?? Math.max(2, Math.min(30, (n - 1) / 3)), earlyExaggeration: 4, learningRate: 100, nIter: ITERATIONS, metric: 'euclidean' });
  model.init({ data: Array.from({ length: n }, (_, i) => Array.from(latents.subarray(i * latentWidth, (i + 1) * latentWidth))), type: 'dense' });
  const [, iteration] = model.run();
  const map = Float32Array.from(model.getOutput().flat());
  const event: ProjectionEvent = { kind: 'projection', runId, epoch, map, method: 'tsne-js', iteration, klDivergence: null };
  self.postMessage(event, { transfer: transferables(event) });
};
