import { lstmWeightCount } from '../kernels/lstm';
import { glorotUniform, type Block } from '../parameters';

/**
 * The packed weights of an LSTM as a parameter block: kernels glorot-uniform, forget bias 1, other biases 0 (Keras).
 * Source: methods.md sections 2.8 and 3.1.
 */
export function lstmWeights(inputs: number, units: number): Block {
  const gates = 4 * units;
  const bias = (inputs + units) * gates;
  return {
    shape: [lstmWeightCount(inputs, units)],
    initialise(values, random) {
      glorotUniform(values.subarray(0, inputs * gates), random, inputs, gates);
      glorotUniform(values.subarray(inputs * gates, bias), random, units, gates);
      values.fill(1, bias + units, bias + 2 * units);
    },
    markKernels: (marks) => void marks.fill(1, 0, bias),
  };
}
