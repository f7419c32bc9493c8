import type { SeriesSet } from '../series/SeriesSet';
import { lines, withCells, type Step } from './Step';

/** Takes off each variable of each series the straight line of least squares through its observed values, over the steps. */
export function detrend(set: SeriesSet): Step {
  return withoutCurve(set, ({ from, to, at }) => {
    let [count, meanT, meanX] = [0, 0, 0];
    for (let t = from; t < to; t++) if (set.mask[at(t)] === 1) [count, meanT, meanX] = [count + 1, meanT + t, meanX + set.values[at(t)]];
    meanT /= Math.max(1, count);
    meanX /= Math.max(1, count);
    let [product, square] = [0, 0];
    for (let t = from; t < to; t++) {
      if (set.mask[at(t)] === 0) continue;
      product += (t - meanT) * (set.values[at(t)] - meanX);
      square += (t - meanT) ** 2;
    }
    const slope = square > 0 ? product / square : 0;
    return (t) => meanX + slope * (t - meanT);
  });
}

/**
 * Takes off the mean course of a period, about the mean of the series, so that the level stays.
 *
 *     y_t = x_t − (mean { x_s : s ≡ t mod P } − mean { x_s })
 *
 * A phase that a series never shows is left as it is.
 */
export function deseasonalise(set: SeriesSet, period: number): Step {
  return withoutCurve(set, ({ from, to, at }) => {
    const sums = new Float64Array(period);
    const counts = new Float64Array(period);
    for (let t = from; t < to; t++) {
      if (set.mask[at(t)] === 0) continue;
      sums[t % period] += set.values[at(t)];
      counts[t % period] += 1;
    }
    const total = counts.reduce((a, b) => a + b, 0);
    const mean = sums.reduce((a, b) => a + b, 0) / Math.max(1, total);
    return (t) => (counts[t % period] === 0 ? 0 : sums[t % period] / counts[t % period] - mean);
  });
}

/** Takes a curve off each line, and adds it again on the way back. */
function withoutCurve(set: SeriesSet, curveOf: (line: ReturnType<typeof lines> extends Generator<infer L> ? L : never) => (t: number) => number): Step {
  const curve = new Float64Array(set.values.length);
  for (const line of lines(set)) {
    const of = curveOf(line);
    for (let t = line.from; t < line.to; t++) curve[line.at(t)] = of(t);
  }
  return { set: withCells(set, set.values.map((value, cell) => value - curve[cell]), set.mask), back: (complete) => complete.map((value, cell) => value + curve[cell]) };
}
