import { check } from '../../core/lib/assert';
import type { RunSpec } from '../../core/run';

/** Shape of the data a run works on: N series, T steps, D variables. */
export interface DataShape {
  n: number;
  t: number;
  d: number;
}

export interface MemoryEstimate {
  /** Bytes of the data, its copies and the results. */
  data: number;
  /** Bytes of one minibatch: states of all recurrences kept for the way back, and their gradients. */
  batch: number;
  /** Bytes of weights, their gradient and the two moments of Adam. */
  weights: number;
}

/** Bytes a run may take before it is refused. */
export const memoryBudget = 2 * 2 ** 30;

/** Units of the five recurrent layers of CRLI's discriminator. */
const DISCRIMINATOR_UNITS = 104;
/** Gates, candidate, reset state, state and input of a unit a step, and the gradient of each. */
const VALUES_A_UNIT = 10;

/**
 * Upper estimate of the memory of a run, from the shape and the options hiddenUnits h, layers L, batchSize B:
 * batch = 4 B T (VALUES_A_UNIT (2 L h + 2 L h + 104) + 16 D) bytes: both directions, decoder, discriminator, cells.
 */
export function estimateMemory({ n, t, d }: DataShape, spec: RunSpec): MemoryEstimate {
  const option = (key: string, otherwise: number): number => Number(spec.options[key] ?? otherwise);
  const h = option('hiddenUnits', 50);
  const L = option('layers', 1);
  const B = Math.min(option('batchSize', 32), n);
  const M = 2 * L * h;
  const cells = n * t * d;
  const weights = 2 * (3 * h * (d + h) + (L - 1) * 3 * h * 2 * h) + 3 * M * (d + M) + M * M;
  return {
    data: cells * 48 + n * (M + spec.clusters) * 24,
    batch: 4 * B * t * (VALUES_A_UNIT * (2 * M + DISCRIMINATOR_UNITS) + 16 * d),
    weights: weights * 16,
  };
}

/**
 * Refuses a run that would not fit, before anything is allocated.
 * @throws InputError with the estimate, the budget, and the largest batch that fits, or what else to make smaller.
 */
export function checkMemory(shape: DataShape, spec: RunSpec, budget: number = memoryBudget): void {
  const { data, batch, weights } = estimateMemory(shape, spec);
  const total = data + batch + weights;
  if (total <= budget) return;
  const B = Math.min(Number(spec.options.batchSize ?? 32), shape.n);
  const fitting = Math.floor((budget - data - weights) / (batch / B));
  const advice =
    fitting >= 1
      ? `Choose a batch of ${fitting} or less.`
      : data > budget / 2
        ? `The data alone takes ${size(data)}: take fewer series, steps or variables.`
        : 'Choose fewer hidden units or layers.';
  check(false, `This run would take about ${size(total)} of memory; ${size(budget)} is the limit. ${advice}`);
}

function size(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
