import type { ImputerId } from './catalog/imputer';
import { imputers, withGaps } from './imputers';
import type { Method } from './run';

/**
 * "Impute, then cluster": the method on data whose gaps the imputer of the options has filled.
 * What was filled is kept in the checkpoints, so that a resumed run goes on with the same values.
 * Source: methods.md section 8.4.
 */
export function twoStage(method: Method): Method {
  return async function* run(data, spec, live, from) {
    const values = from ? withGaps(data, from.arrays.filled) : yield* imputers[spec.options.imputer as ImputerId](data, spec);
    const filled = Float32Array.from(data.gaps, (cell) => values[cell]);
    for await (const report of method({ ...data, values }, spec, live, from)) {
      if (report.kind === 'epoch') report.checkpoint.arrays.filled = filled;
      yield report;
    }
  };
}
