import { tensor2d, tidy, valueAndGrad, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Random } from '../../lib/random';
import type { TrainingData } from '../../run';
import { crossEntropy } from '../losses/crossEntropy';
import { heatMapModel } from '../models/heatMap';
import { Adam } from './adam';

const STEPS = 150;
const RATE = 0.05;
const CLIP = 5;
/** Series that are looked at together: the network has a few dozen weights. */
const MOST = 512;

/**
 * Trains the heat-map network on frozen latents to tell the assigned clusters apart; yields the share that is made.
 *
 * @param latents z [N, S] @param pooling steps of the series in one of z @param assignments [N]
 * @returns how much each step speaks for the cluster of its series, [N, T] in [0, 1]: the class map of that cluster,
 *   from least to greatest within the series; 0 outside of it
 */
export async function* relevance({ n, t, starts, ends }: TrainingData, latents: Float32Array, pooling: number, clusters: number, assignments: Int32Array, random: Random): AsyncGenerator<number, Float32Array, void> {
  const S = latents.length / n;
  const T = S * pooling;
  const parts = Math.ceil(n / MOST);
  const share = (done: number): number => done / (2 * parts + STEPS);
  const model = heatMapModel(pooling, clusters);
  const adam = new Adam(model.parameters.initialise(random));
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const z = (i: number): Float32Array => latents.subarray(i * S, (i + 1) * S);
  const seen: Float32Array[] = [];
  try {
    for (let part = 0; part < parts; part++) {
      for (let i = part * MOST; i < Math.min(n, (part + 1) * MOST); i++) seen.push(model.seen(z(i), starts[i], ends[i]));
      yield share(part + 1);
    }
    for (let step = 0; step < STEPS; step++) {
      if (n > MOST) random.shuffle(order);
      const norm = tidy(() => {
        const rows = [...order.subarray(0, MOST)];
        const target = tensor2d(rows.map((i) => Array.from({ length: clusters }, (_, k) => Number(assignments[i] === k))));
        const part = tensor2d(Float32Array.from(rows.flatMap((i) => [...seen[i]])), [rows.length, seen[0].length]);
        const { grad } = valueAndGrad((theta) => crossEntropy(target, model.logits(theta as Tensor1D, part)))(adam.parameters);
        return adam.update(grad as Tensor1D, RATE, CLIP);
      });
      await norm.data(); // so that a GPU is never far behind: training that goes on must not wait for it
      norm.dispose();
      yield share(parts + step + 1);
    }
    const found = new Float32Array(n * t);
    for (let from = 0; from < n; from += MOST) {
      const rows = Math.min(MOST, n - from);
      const heat = tidy(() => model.heat(adam.parameters, tensor2d(latents.subarray(from * S, (from + rows) * S), [rows, S])));
      const values = await heat.data();
      heat.dispose();
      for (let b = 0; b < rows; b++) {
        const i = from + b;
        stretch(found.subarray(i * t, (i + 1) * t), starts[i], ends[i], (step) => values[(b * T + step) * clusters + assignments[i]]);
      }
      yield share(parts + STEPS + Math.ceil((from + rows) / MOST));
    }
    return found;
  } finally {
    adam.dispose();
  }
}

/** Writes `heat` from its least (0) to its greatest (1) value over the steps of a series. */
function stretch(row: Float32Array, start: number, end: number, heat: (step: number) => number): void {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let step = start; step < end; step++) {
    least = Math.min(least, heat(step));
    greatest = Math.max(greatest, heat(step));
  }
  for (let step = start; step < end; step++) row[step] = greatest > least ? (heat(step) - least) / (greatest - least) : 0;
}
