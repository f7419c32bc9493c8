/**
 * The products that make the weight gradients of the GRU: [inputs + H, 3H] and b of each layer, where in the columns of the
 * candidate h_{t-1} is r h_{t-1}; and [H_L + 1, I] of W_imp and b_imp, with A = [h, 1] and de.
 */
import type { Product } from '../wgslWeightGradient';
import { weightLayout, type GruShape } from './shape';
import type { Plan } from './wgslPlan';

/** Of all sets, one after the other. */
export function products(shape: GruShape, plan: Plan): Product[] {
  const { size } = weightLayout(shape.inputs, shape.units);
  const { tape, adjoint } = plan;
  return Array.from({ length: plan.sets }, (_, set) =>
    productsOfSet(shape, plan).map((product) => ({
      ...product,
      offset: product.offset + set * size,
      input: product.input + set * tape.size,
      hidden: product.hidden + set * tape.size,
      reset: product.reset < 0 ? -1 : product.reset + set * tape.size,
      right: product.right + set * adjoint.size,
    })),
  ).flat();
}

function productsOfSet({ batch: B, steps: S, inputs: I, units }: GruShape, { tape, adjoint, gaps }: Plan): Product[] {
  const { layers, imputation } = weightLayout(I, units);
  const top = units.length - 1;
  const all = layers.flatMap(({ inputs, units: H, kernel }, l) => {
    const input = l === 0 ? 0 : tape.layers[l - 1].h + B * inputs;
    const layer = { count: B * S, rows: inputs + H + 1, width: 3 * H, offset: kernel, inputs, input, hidden: tape.layers[l].h, right: adjoint.da[l] };
    return [
      { ...layer, first: 0, last: 2 * H, reset: -1 },
      { ...layer, first: 2 * H, last: 3 * H, reset: tape.layers[l].r },
    ];
  });
  const estimate = { count: B * (S + 1), rows: units[top] + 1, first: 0, last: I, width: I, offset: imputation, inputs: 0, input: 0, hidden: tape.layers[top].h, reset: -1, right: adjoint.de };
  return gaps ? [...all, estimate] : all;
}
