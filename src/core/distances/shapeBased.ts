import { distanceOf, type Distance } from './Distance';
import { fourier, powerOfTwo } from './fourier';
import { correlationKernel } from './kernels/correlation/wasm';
import { checkVariables, type SeriesView } from './SeriesView';
import { matchOf, shapeOf, type Match, type Shape, type Spectrum } from './shape';
import { withoutGaps } from './withoutGaps';

/**
 * Shape-based distance (SBD): one minus the greatest normalised cross-correlation over all shifts, the same shift for
 * all variables.
 *
 *     d(a, b) = 1 − max_w CC_w(a, b) / (‖a‖ ‖b‖),   CC_w = Σ_t Σ_j a_{t+w,j} b_tj
 *
 * @returns [0, 2]; 0 for shifted and scaled copies. Series should be z-normalised first: the level counts.
 *
 * Gaps: filled on straight lines within the series. Unequal lengths: cross-correlated as they are, from step to step of
 * each. A series that is 0 throughout has distance 0 to another such series and 1 to all others.
 * Source: Paparrizos and Gravano (2015), k-Shape: efficient and accurate clustering of time series, equation 9.
 */
export function shapeBased(): Distance<Shape> {
  return distanceOf(
    (series: SeriesView) => shapeOf(withoutGaps(series), series.d),
    (a, b) => 1 - bestShift(a, b).similarity,
    (shapes) => {
      const kernel = correlationKernel(shapes, Math.max(0, ...shapes.map(({ n }) => n)));
      return kernel && ((i, first, end) => Float64Array.from(kernel.bestShifts(shapes[i], first, end), ({ similarity }) => 1 - similarity));
    },
  );
}

/** The shift w of `b` (later when positive) at which its normalised cross-correlation with `a` is greatest, and that correlation in [−1, 1]. */
export function bestShift(a: Shape, b: Shape): Match {
  checkVariables(a, b);
  if (!(a.norm * b.norm > 0)) return matchOf(a, b, 0, 0);
  const size = powerOfTwo(a.n + b.n - 1);
  const x = spectrum(a, size);
  const y = spectrum(b, size);
  // conj(X conj(Y)), summed over the variables: its transform is size times the cross-correlation, conjugated.
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let j = 0; j < a.d; j++) {
    for (let f = 0, at = j * size; f < size; f++, at++) {
      re[f] += x.re[at] * y.re[at] + x.im[at] * y.im[at];
      im[f] += x.re[at] * y.im[at] - x.im[at] * y.re[at];
    }
  }
  fourier(re, im);
  let shift = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let w = 1 - b.n; w < a.n; w++) {
    const value = re[w < 0 ? w + size : w];
    if (value > most) {
      most = value;
      shift = w;
    }
  }
  return matchOf(a, b, shift, most / size);
}

function spectrum({ n, d, values, spectra }: Shape, size: number): Spectrum {
  let found = spectra.get(size);
  if (found === undefined) {
    found = { re: new Float64Array(d * size), im: new Float64Array(d * size) };
    for (let j = 0; j < d; j++) {
      for (let t = 0; t < n; t++) found.re[j * size + t] = values[t * d + j];
      fourier(found.re.subarray(j * size, (j + 1) * size), found.im.subarray(j * size, (j + 1) * size));
    }
    spectra.set(size, found);
  }
  return found;
}
