import type { LiveOptions } from '../../run';

/**
 * The step size after a share `progress` of the run.
 *
 *     η(p) = η (1 + cos πp) / 2        when `decay` is cosine, else η
 *
 * @param progress p in [0, 1)
 * Source: Loshchilov and Hutter (2017), SGDR, eq. 5 without restarts.
 */
export function learningRate({ options }: LiveOptions, progress: number): number {
  const eta = Number(options.learningRate);
  return options.decay === 'cosine' ? (eta * (1 + Math.cos(Math.PI * progress))) / 2 : eta;
}
