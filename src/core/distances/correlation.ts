import { distanceOf, type Distance } from './Distance';
import { checkVariables, type SeriesView } from './SeriesView';

/** With fewer common steps a correlation says nothing: of two it is always 1 or −1. */
const LEAST = 3;
/** A standard deviation below this share of the greatest value is that of a constant. */
const CONSTANT = 1e-12;

/**
 * Correlation distance (COR), summed over the variables:
 *
 *     d(a, b) = Σ_j √( 2 (1 − ρ(a_j, b_j)) ),   ρ = Pearson's correlation over time
 *
 * @returns [0, 2] for each variable: 0 for the same shape, √2 for none in common, 2 for the opposite. Level and scale do not count.
 *
 * Gaps: ρ is taken over the steps seen in both series. Unequal lengths: a step outside of a series counts as missing.
 * A variable with fewer than 3 common steps is left out and the sum rescaled by D; NaN when there is none. Two
 * constants have ρ = 1, a constant and another series ρ = 0.
 * Source: Golay, Kollias, Stoll, Meier, Valavanis and Boesiger (1998), A new correlation-based fuzzy logic clustering algorithm for fMRI.
 */
export function correlation(): Distance<SeriesView> {
  return distanceOf(
    (series) => series,
    (a, b) => {
      checkVariables(a, b);
      let total = 0;
      let compared = 0;
      for (let j = 0; j < a.d; j++) {
        const distance = shapeDistance(a, b, j);
        if (Number.isNaN(distance)) continue;
        total += distance;
        compared++;
      }
      return compared === 0 ? Number.NaN : (total * a.d) / compared;
    },
  );
}

/** √(2 (1 − ρ)) as the length ‖x / ‖x‖ − y / ‖y‖‖ of centred x and y, which is exactly 0 for x = y. */
function shapeDistance(a: SeriesView, b: SeriesView, j: number): number {
  const end = Math.min(a.t, b.t) * a.d;
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let sizeA = 0;
  let sizeB = 0;
  for (let at = j; at < end; at += a.d) {
    if ((a.mask[at] & b.mask[at]) === 0) continue;
    n++;
    sumA += a.values[at];
    sumB += b.values[at];
    sizeA = Math.max(sizeA, Math.abs(a.values[at]));
    sizeB = Math.max(sizeB, Math.abs(b.values[at]));
  }
  if (n < LEAST) return Number.NaN;
  let aa = 0;
  let bb = 0;
  for (let at = j; at < end; at += a.d) {
    if ((a.mask[at] & b.mask[at]) === 0) continue;
    aa += (a.values[at] - sumA / n) ** 2;
    bb += (b.values[at] - sumB / n) ** 2;
  }
  const flatA = Math.sqrt(aa / n) <= CONSTANT * sizeA;
  const flatB = Math.sqrt(bb / n) <= CONSTANT * sizeB;
  if (flatA || flatB) return flatA && flatB ? 0 : Math.SQRT2;
  const scaleA = Math.sqrt(aa);
  const scaleB = Math.sqrt(bb);
  let squares = 0;
  for (let at = j; at < end; at += a.d) {
    if ((a.mask[at] & b.mask[at]) === 0) continue;
    squares += ((a.values[at] - sumA / n) / scaleA - (b.values[at] - sumB / n) / scaleB) ** 2;
  }
  return Math.min(2, Math.sqrt(squares));
}
