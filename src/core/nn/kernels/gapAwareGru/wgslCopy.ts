/** The small WGSL programs around the recurrence: one invocation an element, `index` its place in the result. */
import { stateWidth, weightLayout, type GruShape } from './shape';
import { adjointOffsets, tapeOffsets } from './wgslPlan';
import { sizes } from './wgslText';

/** Every block of the packed weights transposed in its place, so that the backward pass reads neighbours; input weights, uniform count = P. */
export function transposeCode({ inputs: I, units }: GruShape): string {
  const { layers, imputation, imputationBias } = weightLayout(I, units);
  const blocks = [
    ...layers.flatMap(({ inputs, units: H, kernel, recurrent, bias }) => [
      { from: kernel, to: recurrent, rows: inputs, columns: 3 * H },
      { from: recurrent, to: bias, rows: H, columns: 3 * H },
    ]),
    { from: imputation, to: imputationBias, rows: units[units.length - 1], columns: I },
  ];
  const moves = blocks.map(
    ({ from, to, rows, columns }) => `if (index >= ${from} && index < ${to}) {
      let at = index - ${from};
      source = ${from} + (at % ${rows}) * ${columns} + at / ${rows};
    }`,
  );
  return `
  fn main(index: i32) {
    if (index >= uniforms.count) { return; }
    var source = index;
    ${moves.join('\n')}
    result[index] = weights[source];
  }`;
}

/** The packed output out of the tape; input tape, uniforms batch, steps. */
export function outputCode(shape: GruShape): string {
  const { inputs: I, units } = shape;
  const tape = tapeOffsets(shape);
  const sumH = stateWidth(units);
  const { layers } = weightLayout(I, units);
  const top = units[units.length - 1];
  const final = layers.map(({ units: H, state }, l) => `if (column >= ${state} && column < ${state + H}) { result[index] = tape[${tape.layers[l].h} + (BS + row) * ${H} + column - ${state}]; }`);
  return `
  fn main(index: i32) {
    ${sizes}
    let finals = (BS + B) * ${I};
    let states = finals + B * ${sumH};
    if (index < finals) {
      let row = index / ((S + 1) * ${I}); let t = (index / ${I}) % (S + 1);
      result[index] = tape[${tape.e} + (t * B + row) * ${I} + index % ${I}];
    } else if (index < states) {
      let row = (index - finals) / ${sumH}; let column = (index - finals) % ${sumH};
      ${final.join('\n')}
    } else if (index < states + ${shape.states ? `BS * ${top}` : '0'}) {
      let at = index - states;
      let row = at / (S * ${top}); let t = (at / ${top}) % S;
      result[index] = tape[${tape.layers[units.length - 1].h} + ((t + 1) * B + row) * ${top} + at % ${top}];
    }
  }`;
}

/** The packed gradient: dx and dh_0 out of the adjoint buffer, then the sums of the partial weight gradients; uniforms batch, steps, parts. */
export function gradientCode(shape: GruShape): string {
  const { inputs: I, units } = shape;
  const { dx } = adjointOffsets(shape);
  const { size } = weightLayout(I, units);
  return `
  fn main(index: i32) {
    ${sizes}
    let weights = BS * ${I} + B * ${stateWidth(units)};
    if (index < weights) {
      result[index] = adjoint[${dx} + index];
    } else if (index < weights + ${size}) {
      var sum = 0.0;
      for (var p = 0; p < uniforms.parts; p++) { sum += partials[p * ${size} + index - weights]; }
      result[index] = sum;
    }
  }`;
}
