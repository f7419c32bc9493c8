/**
 * Sizes and packed layouts of the gap-aware GRU, shared by its three twins. Letters: B batch, S steps
 * (T' of methods.md section 2), I inputs, H_1..H_L units of the L layers, ΣH their sum.
 */
export interface GruShape {
  /** B; with several sets of weights, the rows of each. */
  batch: number;
  /** Sets of packed weights, side by side; each has B rows of x and of all else, one set after the other. Default 1. */
  sets?: number;
  /** S. */
  steps: number;
  /** I. */
  inputs: number;
  /** H_1..H_L. */
  units: readonly number[];
  /** Whether the states of the top layer are an output too. */
  states: boolean;
}

/** Offsets of one layer in the packed weights. Columns of `kernel`, `recurrent` and `bias` are z, r, c. */
export interface LayerLayout {
  /** inputs of this layer: I, or H of the layer below */
  inputs: number;
  units: number;
  /** W: [inputs, 3H] */
  kernel: number;
  /** U: [H, 3H] */
  recurrent: number;
  /** b: [3H] */
  bias: number;
  /** first column of this layer in the [.., ΣH] state tensors */
  state: number;
}

export interface WeightLayout {
  layers: LayerLayout[];
  /** W_imp: [H_L, I] */
  imputation: number;
  /** b_imp: [I] */
  imputationBias: number;
  /** P: count of all weights */
  size: number;
}

/** Where each weight lies in the packed vector: the layers from the bottom up (W, U, b), then W_imp, b_imp. */
export function weightLayout(inputs: number, units: readonly number[]): WeightLayout {
  let at = 0;
  let state = 0;
  const layers = units.map((h, l): LayerLayout => {
    const width = l === 0 ? inputs : units[l - 1];
    const layer = { inputs: width, units: h, kernel: at, recurrent: at + width * 3 * h, bias: at + (width + h) * 3 * h, state };
    at = layer.bias + 3 * h;
    state += h;
    return layer;
  });
  const top = units[units.length - 1];
  return { layers, imputation: at, imputationBias: at + top * inputs, size: at + top * inputs + inputs };
}

/** ΣH. */
export function stateWidth(units: readonly number[]): number {
  return units.reduce((sum, h) => sum + h, 0);
}

/** Rows of all sets. */
export const rowsOf = ({ batch, sets = 1 }: GruShape): number => sets * batch;

/**
 * The forward output is one vector: estimates e_0..e_S as [B, S+1, I], then the final states of all layers
 * as [B, ΣH], then (when `states`) h_1..h_S of the top layer as [B, S, H_L].
 */
export interface OutputLayout {
  estimates: number;
  finalStates: number;
  states: number;
  size: number;
}

export function outputLayout(shape: GruShape): OutputLayout {
  const { steps, inputs, units } = shape;
  const rows = rowsOf(shape);
  const finalStates = rows * (steps + 1) * inputs;
  const states = finalStates + rows * stateWidth(units);
  return { estimates: 0, finalStates, states, size: states + (shape.states ? rows * steps * units[units.length - 1] : 0) };
}

/** The backward output is one vector: dx [B, S, I], then dh_0 [B, ΣH], then the packed weight gradients [P]. */
export interface GradientLayout {
  x: number;
  initial: number;
  weights: number;
  size: number;
}

export function gradientLayout(shape: GruShape): GradientLayout {
  const { sets = 1, steps, inputs, units } = shape;
  const initial = rowsOf(shape) * steps * inputs;
  const weights = initial + rowsOf(shape) * stateWidth(units);
  return { x: 0, initial, weights, size: weights + sets * weightLayout(inputs, units).size };
}
