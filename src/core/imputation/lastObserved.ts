import { columnMeans } from './columnMean';
import { filled, type Gapped } from './gapped';

/**
 * Fills every gap with the last value observed before it in the same series and variable.
 *
 * @returns a filled copy [N, T, D]. Before the first observed value that value is taken; a series without any observed
 *   value of a variable takes the column mean.
 */
export function forwardFill<A extends Float32Array | Float64Array>(data: Gapped<A>): A {
  return held(data, 1);
}

/** {@link forwardFill} from the other end: the next value observed after the gap, and after the last one that value. */
export function backwardFill<A extends Float32Array | Float64Array>(data: Gapped<A>): A {
  return held(data, -1);
}

function held<A extends Float32Array | Float64Array>(data: Gapped<A>, direction: 1 | -1): A {
  const { n, t: T, d: D, values, mask, starts, ends } = data;
  const means = columnMeans(data);
  const fill = new Float64Array(n * T * D);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < D; j++) {
      const steps = ends[i] - starts[i];
      const cell = (s: number): number => (i * T + (direction === 1 ? starts[i] + s : ends[i] - 1 - s)) * D + j;
      let from = 0;
      while (from < steps && mask[cell(from)] === 0) from++;
      for (let s = 0; s < steps; s++) {
        if (mask[cell(s)] === 1) from = s;
        fill[cell(s)] = from < steps ? values[cell(from)] : means[cell(s) % (T * D)];
      }
    }
  }
  return filled(data, (i, t, j) => fill[(i * T + t) * D + j]);
}
