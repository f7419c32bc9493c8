/** The small WGSL programs around the recurrence: one invocation an element, `index` its place in the result. */
import { layerFields, setBases } from './wgslText';

/** The matrix [inputs + H, 3H] of each layer, and W_imp, transposed in its place, so that the backward pass reads neighbours; inputs weights, layerTable; uniforms of the recurrence, total. */
export const transposeCode = `
  fn main(index: i32) {
    if (index >= uniforms.total) { return; }
    let setIndex = index / uniforms.weights;
    ${setBases}
    var source = index;
    var height = 1;
    for (var l = 0; l < uniforms.layers; l++) {
      ${layerFields}
      if (index >= kernel && index < bias) {
        let at = index - kernel;
        source = kernel + (at % (inputs + units)) * 3 * units + at / (inputs + units);
      }
      height = units;
    }
    let at = index - weights0 - uniforms.imputation;
    if (at >= 0 && at < height * uniforms.inputs) {
      source = weights0 + uniforms.imputation + (at % height) * uniforms.inputs + at / height;
    }
    result[index] = weights[source];
  }`;

/** The packed output out of the tape; inputs tape, layerTable; uniforms of the recurrence, estimates, finals, topStates, total. */
export const outputCode = `
  fn main(index: i32) {
    let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs;
    if (index >= uniforms.total) { return; }
    let isEstimate = index < uniforms.finals;
    let isFinal = !isEstimate && (uniforms.topStates < 0 || index < uniforms.topStates);
    let at = index - select(select(uniforms.topStates, uniforms.finals, isFinal), 0, isEstimate);
    let given = at / select(select(S * uniforms.top, uniforms.width, isFinal), (S + 1) * I, isEstimate);
    let setIndex = given / B;
    let row = given - setIndex * B;
    ${setBases}
    if (isEstimate) {
      let t = (at / I) % (S + 1);
      result[index] = tape[tape0 + uniforms.estimates + (t * B + row) * I + at % I];
      return;
    }
    for (var l = 0; l < uniforms.layers; l++) {
      ${layerFields}
      if (isFinal) {
        let j = at % uniforms.width - state;
        if (j >= 0 && j < units) { result[index] = tape[h + (S * B + row) * units + j]; }
      } else if (l == uniforms.layers - 1) {
        let t = (at / units) % S;
        result[index] = tape[h + ((t + 1) * B + row) * units + at % units];
      }
    }
  }`;

/** The packed gradient: dx and dh_0 out of the adjoint buffers, then the sums of the partial weight gradients; inputs adjoint, partials; uniforms dx and initial (their places), perSet of either, adjoint, weights (first of the gradients for weights), total, parts. */
export const gradientCode = `
  fn main(index: i32) {
    if (index < uniforms.weights) {
      let isInitial = index >= uniforms.inputsSize;
      let at = index - select(0, uniforms.inputsSize, isInitial);
      let perSet = select(uniforms.inputsPerSet, uniforms.initialPerSet, isInitial);
      let setIndex = at / perSet;
      result[index] = adjoint[setIndex * uniforms.adjoint + select(uniforms.dx, uniforms.initial, isInitial) + at - setIndex * perSet];
    } else if (index < uniforms.weights + uniforms.total) {
      let at = index - uniforms.weights;
      var sum = 0.0;
      if (at % uniforms.perSet < uniforms.made) {
        for (var p = 0; p < uniforms.parts; p++) { sum += partials[p * uniforms.total + at]; }
      }
      result[index] = sum;
    }
  }`;
