import { observed } from './table';
import type { Table } from './table';

/** 9, 99 … 999999, each also with up to three nines after the point, as instruments with a fixed format write them. */
const NINES = Array.from({ length: 6 }, (_, whole) => Array.from({ length: 4 }, (__, digits) => Number(`${'9'.repeat(whole + 1)}.${'9'.repeat(digits)}`))).flat();
const USUAL = [-1, -200, -888, -8888, -32768, 32767, 65535, -1e20, 1e20, -1e30, 1e30, 1e36, 9.969209968386869e36, ...NINES.map((value) => -value), ...NINES.filter((value) => value > 90)];

/**
 * Numbers by which files often mean "missing", where they stand apart from everything else: outside the range of
 * all other values of the variable, and there at least the width of that range away, or the only negative number.
 * They must occur twice. Only suggested; nothing is changed.
 */
export function suspectSentinels({ n, t, d, values, kinds }: Table): { value: number; count: number }[] {
  const low = new Float64Array(d).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(d).fill(Number.NEGATIVE_INFINITY);
  const usual = new Map(USUAL.map((value) => [value, new Float64Array(d)]));
  for (let cell = 0; cell < n * t * d; cell++) {
    if (!observed(kinds[cell])) continue;
    const j = cell % d;
    const value = values[cell];
    const counts = value <= -9 || value >= 90 || value === -1 ? usual.get(value) : undefined; // all of USUAL lie there
    if (counts !== undefined) counts[j] += 1;
    else {
      if (value < low[j]) low[j] = value;
      if (value > high[j]) high[j] = value;
    }
  }
  const found: { value: number; count: number }[] = [];
  for (const [value, counts] of usual) {
    let count = 0;
    for (let j = 0; j < d; j++) {
      if (counts[j] === 0 || low[j] > high[j]) continue;
      const range = high[j] - low[j];
      const apart = value < low[j] ? low[j] - value >= range || (value < 0 && low[j] >= 0) : value > high[j] && value - high[j] >= range;
      if (apart && range > 0) count += counts[j];
    }
    if (count >= 2) found.push({ value, count });
  }
  return found.sort((a, b) => b.count - a.count);
}
