import type { TrainingData } from '../../run';

/**
 * How much the forward estimate of each cell counts against the backward one, [rows, T, D] for the series `indices` of
 * a batch of `rows`: by nearness, so that the direction that has seen an observed value of the variable a step ago
 * outweighs the one whose last is far.
 *
 *     s_t = δ'_t / (δ_t + δ'_t)
 *
 * δ are the steps since the last observed value before t, as in BRITS, δ' those to the next one after t; a series counts
 * as observed just before its first and just after its last step. 1/2 everywhere for a complete series.
 */
export function forwardShare(data: Pick<TrainingData, 't' | 'd' | 'mask' | 'starts' | 'ends'>, indices: Int32Array, rows: number): Float32Array {
  const { t: T, d: D, mask, starts, ends } = data;
  const share = new Float32Array(rows * T * D).fill(0.5);
  const ahead = new Int32Array(T);
  for (const [b, i] of indices.entries()) {
    for (let j = 0; j < D; j++) {
      const at = (row: number, t: number): number => (row * T + t) * D + j;
      for (let t = ends[i] - 1, next = ends[i]; t >= starts[i]; t--) {
        ahead[t] = next - t;
        if (mask[at(i, t)] === 1) next = t;
      }
      for (let t = starts[i], last = starts[i] - 1; t < ends[i]; t++) {
        share[at(b, t)] = ahead[t] / (t - last + ahead[t]);
        if (mask[at(i, t)] === 1) last = t;
      }
    }
  }
  return share;
}
