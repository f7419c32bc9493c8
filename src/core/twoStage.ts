import type { ImputerId } from './catalog/imputer';
import { linear } from './imputation/linear';
import { complete, imputers, withGaps } from './imputers';
import { drainAsync } from './lib/drain';
import type { Apply, Method } from './run';

/**
 * "Impute, then cluster": the method on data whose gaps the imputer of the options has filled. With the imputer
 * `none` the method sees the gaps, and what is shown in them lies on straight lines.
 * What was filled is kept in the checkpoints, so that a resumed run goes on with the same values.
 * Source: methods.md section 8.4.
 */
export function twoStage(method: Method): Method {
  return async function* run(data, spec, live, from) {
    const imputer = spec.options.imputer as ImputerId | 'none';
    const fill = imputer === 'none' ? null : imputers[imputer];
    const values = from ? withGaps(data, from.arrays.filled) : fill ? yield* fill(data, spec) : linear(data, data.time);
    const filled = Float32Array.from(data.gaps, (cell) => values[cell]);
    for await (const report of method(fill ? complete(data, values) : data, spec, live, from)) {
      if (report.kind === 'epoch') {
        report.snapshot.imputed = filled.slice();
        report.checkpoint.arrays.filled = filled;
      }
      yield report;
    }
  };
}

/** What such a method says of other series: their gaps are filled by themselves first. */
export function twoStageApply(apply: Apply): Apply {
  return async (data, spec, from) => {
    const values = await drainAsync(imputers[spec.options.imputer as ImputerId](data, spec));
    const filled = Float32Array.from(data.gaps, (cell) => values[cell]);
    return { ...(await apply(complete(data, values), spec, from)), imputed: filled };
  };
}
