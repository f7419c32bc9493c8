import { defaultOptions, shapeAfter, type PreparationStep } from '../../core/catalog';
import { check } from '../../core/lib/assert';
import { implementations } from '../../core/methods';
import type { ModelSize, RunSpec } from '../../core/run';

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

/** A method without weights works on the series themselves. */
const noModel = (t: number, d: number): ModelSize => ({ latentWidth: t * d, units: 0, weights: 0, bytesAPair: 0 });

/** Bytes a run may take before it is refused. */
export const memoryBudget = 2 * 2 ** 30;

/** Gates, candidate, reset state, state and input of a unit a step, and the gradient of each. */
const VALUES_A_UNIT = 10;

/**
 * Upper estimate of the memory of a run, from the shape after the steps of the preparation, the model and the batch B:
 * batch = 4 B T (VALUES_A_UNIT units + 16 D) bytes.
 */
export function estimateMemory(shape: DataShape, spec: RunSpec): MemoryEstimate {
  const shapes = shapesOf(shape, spec.preparation.steps ?? []);
  const { n, t, d } = shapes[shapes.length - 1];
  const cells = Math.max(...shapes.map((each) => each.n * each.t * each.d));
  const options = { ...defaultOptions(spec.method), ...spec.options };
  const B = Math.min(Number(options.batchSize ?? 1), n);
  const { latentWidth, units, weights, bytesAPair } = { ...noModel(t, d), ...implementations[spec.method].size?.(options, d) };
  return {
    data: cells * 48 + n * (latentWidth + spec.clusters) * 24 + n * n * bytesAPair,
    batch: 4 * B * t * (VALUES_A_UNIT * units + 16 * d),
    weights: weights * 16,
  };
}

/** The shape before the steps of the preparation, and after each. */
function shapesOf(shape: DataShape, steps: readonly PreparationStep[]): DataShape[] {
  return steps.reduce((shapes, step) => [...shapes, shapeAfter(shapes[shapes.length - 1], step)], [shape]);
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
