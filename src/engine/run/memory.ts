import { defaultOptions } from '../../core/catalog';
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

/** Gates, candidate, reset state, state and input of a unit a step, and the gradient of each. */
const VALUES_A_UNIT = 10;

interface ModelSize {
  /** M, width of H. */
  latentWidth: number;
  /** Recurrent units that run for each series of a batch. */
  units: number;
  weights: number;
}

/** Units of the five recurrent layers of CRLI's discriminator. */
const DISCRIMINATOR_UNITS = 104;
const DTCR_WIDTH: Record<string, number> = { small: 220, large: 400 };

const sizes: Record<RunSpec['method'], (option: (key: string) => RunSpec['options'][string], d: number) => ModelSize> = {
  crli(option, d) {
    const h = Number(option('hiddenUnits'));
    const L = Number(option('layers'));
    const M = 2 * L * h;
    return { latentWidth: M, units: 2 * M + DISCRIMINATOR_UNITS, weights: 2 * (3 * h * (d + h) + (L - 1) * 3 * h * 2 * h) + 3 * M * (d + M) + M * M };
  },
  // encoder on as many fakes as series, decoder on the series
  dtcr(option, d) {
    const M = DTCR_WIDTH[String(option('encoder'))];
    return { latentWidth: M, units: 3 * M, weights: 3 * M * (d + 2 * M) };
  },
};

/**
 * Upper estimate of the memory of a run, from the shape, the model and the batch B:
 * batch = 4 B T (VALUES_A_UNIT units + 16 D) bytes; for CRLI both directions, decoder and discriminator.
 */
export function estimateMemory({ n, t, d }: DataShape, spec: RunSpec): MemoryEstimate {
  const options = { ...defaultOptions(spec.method), ...spec.options };
  const B = Math.min(Number(options.batchSize), n);
  const { latentWidth, units, weights } = sizes[spec.method]((key) => options[key], d);
  return {
    data: n * t * d * 48 + n * (latentWidth + spec.clusters) * 24,
    batch: 4 * B * t * (VALUES_A_UNIT * units + 16 * d),
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
