/** The discrete Fourier transform of 2^p complex numbers, in place, forward (e^{−iωt}). Source: Cooley and Tukey (1965). */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  const { cos, sin } = roots(n);
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let block = 0; block < n; block += 2 * half) {
      for (let k = 0; k < half; k++) {
        const p = block + k;
        const q = p + half;
        const c = cos[k * stride];
        const s = sin[k * stride];
        const x = re[q] * c + im[q] * s;
        const y = im[q] * c - re[q] * s;
        re[q] = re[p] - x;
        im[q] = im[p] - y;
        re[p] += x;
        im[p] += y;
      }
    }
  }
}

let known = { n: 0, cos: new Float64Array(0), sin: new Float64Array(0) };

/** cos and sin of 2πk/n for k < n/2; those of the last n are kept. */
function roots(n: number): { cos: Float64Array; sin: Float64Array } {
  if (known.n !== n) {
    const angle = (_: unknown, k: number): number => (2 * Math.PI * k) / n;
    const angles = Float64Array.from({ length: n / 2 }, angle);
    known = { n, cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
  }
  return known;
}

/** [n]; where each of 2^p places stands when the bits of its number are reversed. */
export function bitReversed(n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 1; i < n; i++) order[i] = (order[i >> 1] >> 1) | ((i & 1) * (n >> 1));
  return order;
}

/** The least power of two that is at least n. */
export function powerOfTwo(n: number): number {
  let size = 1;
  while (size < n) size *= 2;
  return size;
}
