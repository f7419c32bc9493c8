export interface Alignment {
  /** [2 L], pairs (step of one series, step of the other), first to last. */
  path: Int32Array;
  cost: number;
}

/**
 * The cheapest warping path of n and m steps, as pairs of steps, first to last: goes back from the last corner of a warping matrix r to the first, to the least of the three neighbours before; of
 * equals, first the diagonal one, then that of the first series.
 *
 * @param r infinite where no path leads; cell (i, k) of [n + 1, `width`] stands at (i · width + k) · stride + offset
 * @returns [2 L]
 */
export function traceBack(r: Float64Array, n: number, m: number, width = m + 1, stride = 1, offset = 0): Int32Array {
  const path: number[] = [];
  for (let i = n, k = m; i > 0 && k > 0; ) {
    path.push(k - 1, i - 1);
    const at = (i * width + k) * stride + offset;
    const diagonal = r[at - (width + 1) * stride];
    const up = r[at - width * stride];
    const left = r[at - stride];
    if (diagonal <= up && diagonal <= left) {
      i--;
      k--;
    } else if (up <= left) i--;
    else k--;
  }
  return Int32Array.from(path).reverse();
}
