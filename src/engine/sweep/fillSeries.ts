import type { ImputerId } from '../../core/catalog/imputer';
import { seriesPoints } from '../../core/classical/seriesPoints';
import { complete, imputers, learnedImputer } from '../../core/imputers';
import type { Matrix } from '../../core/lib/matrix';
import type { SweepStep } from '../../core/metrics/sweep';
import type { RunSpec, TrainingData } from '../../core/run';

/**
 * The prepared series as points [N, T D], their gaps filled: by the imputer of the method's options where it has one,
 * else by straight lines.
 */
export function fillSeries(data: TrainingData, spec: RunSpec): { filling: string | null; backendNeeded: boolean; values: AsyncGenerator<SweepStep, Matrix, void> } {
  const chosen = spec.options.imputer;
  const imputer = typeof chosen === 'string' && Object.hasOwn(imputers, chosen) ? (chosen as ImputerId) : 'linear';
  const gaps = data.gaps.length > 0;
  return { filling: gaps ? imputer : null, backendNeeded: gaps && learnedImputer(spec.options) !== null, values: fill(data, spec, gaps ? imputer : null) };
}

async function* fill(data: TrainingData, spec: RunSpec, imputer: ImputerId | null): AsyncGenerator<SweepStep, Matrix, void> {
  if (imputer === null) return seriesPoints(data);
  const filling = imputers[imputer](data, spec);
  for (;;) {
    const step = await filling.next();
    if (step.done) return seriesPoints(complete(data, step.value));
    const report = step.value;
    if (report.kind === 'batch') yield { kind: 'doing', doing: { k: 0, part: 'filling', at: report.batch, of: report.batches, share: 0 } };
  }
}
