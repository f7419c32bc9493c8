/** The small WGSL programs around the recurrence: one invocation an element, `index` its place in the result. */
import { layerFields } from './wgslText';

/** Every block of the packed weights transposed in its place, so that the backward pass reads neighbours; inputs weights, layerTable; uniforms of the recurrence, total. */
export const transposeCode = `
  fn main(index: i32) {
    if (index >= uniforms.total) { return; }
    var source = index;
    var height = 1;
    for (var l = 0; l < uniforms.layers; l++) {
      ${layerFields}
      if (index >= kernel && index < bias) {
        let block = select(kernel, recurrent, index >= recurrent);
        let height = select(inputs, units, index >= recurrent);
        source = block + ((index - block) % height) * 3 * units + (index - block) / height;
      }
      height = units;
    }
    if (index >= uniforms.imputation && index < uniforms.imputationBias) {
      let at = index - uniforms.imputation;
      source = uniforms.imputation + (at % height) * uniforms.inputs + at / height;
    }
    result[index] = weights[source];
  }`;

/** The packed output out of the tape; inputs tape, layerTable; uniforms of the recurrence, estimates, total. */
export const outputCode = `
  fn main(index: i32) {
    let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs;
    let finals = B * (S + 1) * I;
    let states = finals + B * uniforms.width;
    if (index >= uniforms.total) { return; }
    if (index < finals) {
      let row = index / ((S + 1) * I);
      let t = (index / I) % (S + 1);
      result[index] = tape[uniforms.estimates + (t * B + row) * I + index % I];
      return;
    }
    for (var l = 0; l < uniforms.layers; l++) {
      ${layerFields}
      if (index < states) {
        let row = (index - finals) / uniforms.width;
        let j = (index - finals) % uniforms.width - state;
        if (j >= 0 && j < units) { result[index] = tape[h + (S * B + row) * units + j]; }
      } else if (l == uniforms.layers - 1) {
        let row = (index - states) / (S * units);
        let t = ((index - states) / units) % S;
        result[index] = tape[h + ((t + 1) * B + row) * units + (index - states) % units];
      }
    }
  }`;

/** The packed gradient: dx and dh_0 out of the adjoint buffer, then the sums of the partial weight gradients; inputs adjoint, partials; uniforms dx, weights, total, parts. */
export const gradientCode = `
  fn main(index: i32) {
    if (index < uniforms.weights) {
      result[index] = adjoint[uniforms.dx + index];
    } else if (index < uniforms.weights + uniforms.total) {
      var sum = 0.0;
      for (var p = 0; p < uniforms.parts; p++) { sum += partials[p * uniforms.total + index - uniforms.weights]; }
      result[index] = sum;
    }
  }`;
