import { glorotUniform, type Block } from '../parameters';
import { weightLayout } from '../kernels/gapAwareGru/shape';

/**
 * The packed weights of a gap-aware GRU stack as a parameter block.
 *
 * Start values as in the TensorFlow 1 GRUCell: one matrix a product with input and state stacked, so the
 * glorot limits are sqrt(6 / (I + H + 2H)) for the gates z, r and sqrt(6 / (I + H + H)) for the candidate c;
 * gate biases 1, candidate bias 0; the estimate W_imp glorot, b_imp 0.
 *
 * Source: methods.md section 2.2.
 */
export function gru(inputs: number, units: readonly number[]): Block {
  const at = weightLayout(inputs, units);
  return {
    shape: [at.size],
    initialise(values, random) {
      for (const { inputs: I, units: H, kernel, bias } of at.layers) {
        const gates = Math.sqrt(6 / (I + 3 * H));
        const candidate = Math.sqrt(6 / (I + 2 * H));
        for (let row = 0; row < I + H; row++) {
          for (let j = 0; j < 3 * H; j++) {
            values[kernel + row * 3 * H + j] = (j < 2 * H ? gates : candidate) * (2 * random.uniform() - 1);
          }
        }
        values.fill(1, bias, bias + 2 * H);
      }
      const top = units[units.length - 1];
      glorotUniform(values.subarray(at.imputation, at.imputationBias), random, top, inputs);
    },
    markKernels(marks) {
      for (const { kernel, bias } of at.layers) marks.fill(1, kernel, bias);
      marks.fill(1, at.imputation, at.imputationBias);
    },
  };
}
