import { columnMeans } from './columnMean';
import { filled, type Gapped } from './gapped';

/**
 * Fills every gap on the natural cubic spline through the observed values of the same series and variable: the
 * smoothest curve through them (least ∫ f''²), straight at both ends.
 *
 *     f(τ) = A x_a + B x_b + ((A³ − A) z_a + (B³ − B) z_b) h² / 6,   A = (τ_b − τ) / h, B = 1 − A, h = τ_b − τ_a
 *
 * with second derivatives z that make f' continuous and vanish at the ends. In long gaps it may leave the range of the
 * values.
 *
 * @param time time of each step (τ) [T], not descending; the step number when left out. Values at the same time count as their mean.
 * @returns a filled copy [N, T, D]. Before the first and after the last observed value that value is held; a series
 *   without any observed value of a variable takes the column mean.
 * Source: de Boor (1978), A practical guide to splines, chapter IV.
 */
export function spline<A extends Float32Array | Float64Array>(data: Gapped<A>, time?: ArrayLike<number>): A {
  const { n, t: T, d: D, values, mask, starts, ends } = data;
  const tau = time ?? Float64Array.from({ length: T }, (_, t) => t);
  const means = columnMeans(data);
  const curves = Array.from({ length: n * D }, (_, at) => {
    const i = Math.floor(at / D);
    const x: number[] = [];
    const y: number[] = [];
    const count: number[] = [];
    for (let t = starts[i]; t < ends[i]; t++) {
      const cell = (i * T + t) * D + (at % D);
      if (mask[cell] === 0) continue;
      if (x.length === 0 || tau[t] > x[x.length - 1]) {
        x.push(tau[t]);
        y.push(values[cell]);
        count.push(1);
      } else {
        const last = x.length - 1;
        y[last] += (values[cell] - y[last]) / ++count[last];
      }
    }
    return x.length === 0 ? null : naturalSpline(x, y);
  });
  return filled(data, (i, t, j) => curves[i * D + j]?.(tau[t]) ?? means[t * D + j]);
}

/** The natural cubic spline through the points (x, y), x ascending; constant outside of them. */
export function naturalSpline(x: readonly number[], y: readonly number[]): (at: number) => number {
  const last = x.length - 1;
  const z = secondDerivatives(x, y);
  return (at) => {
    if (at <= x[0]) return y[0];
    if (at >= x[last]) return y[last];
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle] <= at) low = middle;
      else high = middle;
    }
    const h = x[high] - x[low];
    const A = (x[high] - at) / h;
    const B = 1 - A;
    return A * y[low] + B * y[high] + (((A ** 3 - A) * z[low] + (B ** 3 - B) * z[high]) * h * h) / 6;
  };
}

/** z, by elimination in the tridiagonal system of the inner points. */
function secondDerivatives(x: readonly number[], y: readonly number[]): Float64Array {
  const last = x.length - 1;
  const z = new Float64Array(x.length);
  const above = new Float64Array(x.length);
  for (let k = 1; k < last; k++) {
    const before = x[k] - x[k - 1];
    const after = x[k + 1] - x[k];
    const pivot = 2 * (before + after) - before * above[k - 1];
    above[k] = after / pivot;
    z[k] = (6 * ((y[k + 1] - y[k]) / after - (y[k] - y[k - 1]) / before) - before * z[k - 1]) / pivot;
  }
  for (let k = last - 1; k > 0; k--) z[k] -= above[k] * z[k + 1];
  return z;
}
