import { dtwPath } from '../distances/dtw';
import { warpingKernel } from '../distances/kernels/warping/wasm';
import type { Alignment } from '../distances/traceBack';
import { gapFactor, type Warpable } from '../distances/warpable';
import { prototypeOf } from './warpingSpace';

export interface DtwBarycentreOptions {
  /** Half width of the Sakoe–Chiba band, in steps. Default Infinity. */
  window?: number;
  /** Rounds at most. Default 30. */
  maxIterations?: number;
  /** Relative fall of the cost that ends the rounds. Default 1e-6. */
  tolerance?: number;
}

/**
 * DTW barycentre averaging (DBA): a series that makes the sum of squared DTW distances to its members small.
 *
 *     min over c of Σ_i DTW(c, x_i)²,   c_t ← weighted mean of all steps aligned with c_t
 *
 * The cost never rises from round to round. Gaps and unequal lengths: as in DTW; missing steps and variables add
 * nothing to the means.
 *
 * @param start the series to start from; its length is that of the result
 * @returns the barycentre; `start` itself when there is no member
 * Source: Petitjean, Ketterlin and Gançarski (2011), A global averaging method for dynamic time warping; Schultz and Jain (2018).
 */
export function dtwBarycentre(members: readonly Warpable[], start: Warpable, options: DtwBarycentreOptions = {}): Warpable {
  const { window = Number.POSITIVE_INFINITY, maxIterations = 30, tolerance = 1e-6 } = options;
  const kernel = warpingKernel(members);
  let centre = start;
  let last = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxIterations; round++) {
    const { next, cost } = average(members, kernel?.dtwPaths(centre, window) ?? members.map((member) => dtwPath(centre, member, window)), centre);
    if (!(last - cost > tolerance * last) && round > 0) break;
    centre = next;
    last = cost;
  }
  return centre;
}

/** The weighted means along the paths of `centre` to its members, and its cost. */
function average(members: readonly Warpable[], alignments: readonly (Alignment | null)[], centre: Warpable): { next: Warpable; cost: number } {
  const { n, d: D } = centre;
  const sums = new Float64Array(n * D);
  const weights = new Float64Array(n * D);
  let cost = 0;
  for (const [i, member] of members.entries()) {
    const aligned = alignments[i];
    if (aligned === null) continue;
    const joint = member.seen.reduce((sum, seen, j) => sum + (seen & centre.seen[j]), 0);
    const factor = gapFactor(centre, member);
    const weight = (factor * D) / joint;
    cost += factor * aligned.cost;
    for (let p = 0; p < aligned.path.length; p += 2) {
      const to = aligned.path[p] * D;
      const from = aligned.path[p + 1] * D;
      for (let j = 0; j < D; j++) {
        if (member.seen[j] === 0) continue;
        sums[to + j] += weight * member.values[from + j];
        weights[to + j] += weight;
      }
    }
  }
  const values = sums.map((sum, at) => (weights[at] > 0 ? sum / weights[at] : centre.values[at]));
  return { next: prototypeOf(values, D, centre.seen), cost };
}
