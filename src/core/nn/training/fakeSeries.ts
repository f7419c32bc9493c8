import type { Random } from '../../lib/random';

/**
 * Fakes of a set of series: a share α of the steps of each, chosen at random, change places among themselves.
 * The order of the chosen steps is a permutation without repeats and never the identity.
 *
 * @param values x, [N, T, D]; all variables of a step move together
 * @param share α, 0.2 in the paper; at least two steps move
 * @param starts, ends the steps that belong to each series
 * @returns a copy, [N, T, D]. A series of one step cannot be faked and stays.
 * Source: methods.md section 4.2. Differs: the official code draws positions with replacement.
 */
export function fakeSeries(values: Float32Array, n: number, t: number, d: number, starts: Int32Array, ends: Int32Array, share: number, random: Random): Float32Array {
  const fakes = values.slice();
  for (let i = 0; i < n; i++) {
    const length = ends[i] - starts[i];
    if (length < 2) continue;
    const steps = random.shuffle(Int32Array.from({ length }, (_, s) => starts[i] + s)).slice(0, Math.max(2, Math.floor(share * length)));
    const order = steps.slice();
    do random.shuffle(order);
    while (order.every((step, s) => step === steps[s]));
    for (const [s, step] of steps.entries()) {
      const from = (i * t + order[s]) * d;
      fakes.set(values.subarray(from, from + d), (i * t + step) * d);
    }
  }
  return fakes;
}
