import { check } from '../lib/assert';
import { filled, type Gapped } from './gapped';
import { linear } from './linear';

/**
 * Fills every gap with the mean of the values at the same phase of the period in the same series and variable.
 *
 *     x̂_t = mean { x_s : s ≡ t (mod P), s observed }
 *
 * @param period P, in steps; the phase of a step is its number on the common time axis modulo P
 * @param time time of each step [T], for the fallback
 * @returns a filled copy [N, T, D]. A phase never observed in the series is filled on the straight line between its
 *   neighbours, as by {@link linear}, through the observed values alone.
 * @throws InputError unless P is a whole number of at least 1
 */
export function seasonal<A extends Float32Array | Float64Array>(data: Gapped<A>, period: number, time?: ArrayLike<number>): A {
  check(Number.isInteger(period) && period >= 1, `The period is ${period}: choose a whole number of steps, at least 1.`);
  const { n, t: T, d: D, values, mask } = data;
  const sums = new Float64Array(n * period * D);
  const counts = new Float64Array(n * period * D);
  const phase = (i: number, t: number, j: number): number => (i * period + (t % period)) * D + j;
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < T; t++) {
      for (let j = 0; j < D; j++) {
        const at = (i * T + t) * D + j;
        if (mask[at] === 0) continue;
        sums[phase(i, t, j)] += values[at];
        counts[phase(i, t, j)]++;
      }
    }
  }
  const straight = linear(data, time);
  return filled(data, (i, t, j) => {
    const at = phase(i, t, j);
    return counts[at] > 0 ? sums[at] / counts[at] : straight[(i * T + t) * D + j];
  });
}
