/**
 * Backward pass through time in WGSL, the mirror of the forward pass: a workgroup carries the gradient g of its rows
 * from the last step to the first and writes the gradients da of the pre-activations and de of the estimates. The
 * weight gradients are products of these with the tape, see wgslWeightGradient.ts.
 */
import { stateWidth, weightLayout, type GruShape } from './shape';
import { adjointOffsets, invocations, partsOf, tapeOffsets, type RowBlock } from './wgslPlan';
import { forItems, gather, laneType, scatter, sizes, unrolled } from './wgslText';

/** Invocations of one workgroup. */
export function backwardInvocations(shape: GruShape, block: RowBlock): number {
  return invocations(Math.max(...shape.units) * block.groups + shape.inputs * block.groups * partsOf(shape.inputs, block));
}

/**
 * WGSL of steps start down to end + 1 (1-based); result = adjoint buffer, inputs mask, valid, weights (transposed block
 * by block, see wgslCopy.ts), tape, gradOutput; uniforms batch, steps, start, end.
 */
export function backwardCode(shape: GruShape, block: RowBlock): string {
  const { inputs: I, units } = shape;
  const { groups: V, lanes } = block;
  const { layers, imputation } = weightLayout(I, units);
  const tape = tapeOffsets(shape);
  const adjoint = adjointOffsets(shape);
  const stride = backwardInvocations(shape, block);
  const L = units.length;
  const top = units[L - 1];
  const sumH = stateWidth(units);
  const P = partsOf(I, block);

  const rows = `let b = row0 + v * ${lanes};`;
  const each = (count: number, body: string): string => forItems(count * V, stride, `let j = item % ${count}; let v = item / ${count}; ${rows} ${body}`);
  const finals = `(B * (S + 1) * ${I})`;
  const states = `(${finals} + B * ${sumH})`;
  const gradEstimate = (t: string): string => gather(block, (row) => `gradOutput[(${row} * (S + 1) + ${t}) * ${I} + j]`);
  const throughEstimate = unrolled(I, (k) => `value += de[${k} * ${V} + v] * weights[${imputation} + ${k} * ${top} + j];`);

  const load = layers.map(({ units: H, state }) =>
    each(
      H,
      `if (uniforms.start == S) {
         g[(${state} + j) * ${V} + v] = ${gather(block, (row) => `gradOutput[${finals} + ${row} * ${sumH} + ${state} + j]`)};
       } else {
         g[(${state} + j) * ${V} + v] = ${gather(block, (row) => `result[${adjoint.initial} + ${row} * ${sumH} + ${state} + j]`)};
       }`,
    ),
  );

  const step = (l: number): string => {
    const { inputs: W, units: H, kernel, recurrent, state } = layers[l];
    const own = `g[(${state} + j) * ${V} + v]`;
    const saved = (gate: 'z' | 'r' | 'c' | 'h'): string => gather(block, (row) => `tape[${tape.layers[l][gate]} + ((t - 1) * B + ${row}) * ${H} + j]`);
    const write = (gate: number, value: string): string => scatter(block, (row) => `result[${adjoint.da[l]} + ((t - 1) * B + ${row}) * ${3 * H} + ${gate * H} + j]`, value);
    const real = `let real = ${gather(block, (row) => `valid[${row} * S + t - 1]`)} != T(0.0);`;
    const U = (column: string): string => `weights[${recurrent} + ${column} * ${H} + j]`;
    const onInput = (from: string, to: string, unit: string): string =>
      `for (var k = ${from}; k < ${to}; k++) { sum += da[k * ${V} + v] * weights[${kernel} + k * ${W} + ${unit}]; }`;

    const gates = each(
      H,
      `var value = ${own};
       ${l === L - 1 ? throughEstimate : ''}
       ${l === L - 1 && shape.states ? `value += ${gather(block, (row) => `gradOutput[${states} + (${row} * S + t - 1) * ${H} + j]`)};` : ''}
       ${real}
       let z = ${saved('z')}; let c = ${saved('c')}; let before = ${saved('h')};
       let seen = select(T(0.0), value, real);
       let az = seen * (before - c) * z * (1.0 - z);
       let ac = seen * (1.0 - z) * (1.0 - c * c);
       ${own} = value;
       da[j * ${V} + v] = az;
       da[(${2 * H} + j) * ${V} + v] = ac;
       ${write(0, 'az')} ${write(2, 'ac')}`,
    );
    const reset = each(
      H,
      `var q = T(0.0);
       ${unrolled(H, (k) => `q += da[(${2 * H} + ${k}) * ${V} + v] * ${U(`(${2 * H} + ${k})`)};`)}
       ${real}
       let z = ${saved('z')}; let r = ${saved('r')}; let before = ${saved('h')};
       let ar = q * before * r * (1.0 - r);
       da[(${H} + j) * ${V} + v] = ar;
       ${own} = ${own} * select(T(1.0), z, real) + q * r;
       ${write(1, 'ar')}`,
    );
    const state1 = `
      let j = item % ${H}; let v = item / ${H};
      var sum = T(0.0);
      ${unrolled(2 * H, (k) => `sum += da[${k} * ${V} + v] * ${U(k)};`)}
      ${own} += sum;`;
    const belowItems = l > 0 ? W * V : I * V * P;
    const part = Math.ceil((3 * H) / P);
    const below =
      l > 0
        ? `let j = (item - ${H * V}) % ${W}; let v = (item - ${H * V}) / ${W};
           var sum = T(0.0);
           ${onInput('0', `${3 * H}`, 'j')}
           g[(${layers[l - 1]?.state} + j) * ${V} + v] += sum;`
        : `let p = item - ${H * V}; let i = p % ${I}; let v = (p / ${I}) % ${V}; let low = (p / ${I * V}) * ${part};
           var sum = T(0.0);
           ${onInput('low', `min(low + ${part}, ${3 * H})`, 'i')}
           parts[p] = sum;`;
    return `
      ${gates}
      workgroupBarrier();
      ${reset}
      workgroupBarrier();
      ${forItems(H * V + belowItems, stride, `if (item < ${H * V}) { ${state1} } else { ${below} }`)}
      workgroupBarrier();`;
  };

  return `
  alias T = ${laneType(block)};
  var<workgroup> g: array<T, ${sumH * V}>;
  var<workgroup> da: array<T, ${3 * Math.max(...units) * V}>;
  var<workgroup> de: array<T, ${I * V}>;
  var<workgroup> parts: array<T, ${I * V * P}>;
  fn main() {
    ${sizes}
    let row0 = i32(workgroupId.x) * ${lanes * V};
    ${load.join('\n')}
    ${each(
      I,
      `if (uniforms.start == S) {
         let value = ${gradEstimate('S')};
         de[j * ${V} + v] = value;
         ${scatter(block, (row) => `result[${adjoint.de} + (BS + ${row}) * ${I} + j]`, 'value')}
       } else {
         de[j * ${V} + v] = ${gather(block, (row) => `result[${adjoint.de} + (uniforms.start * B + ${row}) * ${I} + j]`)};
       }`,
    )}
    workgroupBarrier();
    for (var t = uniforms.start; t > uniforms.end; t--) {
      ${layers.map((_, l) => step(L - 1 - l)).join('\n')}
      ${each(
        I,
        `var du = T(0.0);
         for (var p = 0; p < ${P}; p++) { du += parts[(p * ${V} + v) * ${I} + j]; }
         let m = ${gather(block, (row) => `mask[(${row} * S + t - 1) * ${I} + j]`)};
         let dx = m * du;
         let value = ${gradEstimate('t - 1')} + (1.0 - m) * du;
         de[j * ${V} + v] = value;
         ${scatter(block, (row) => `result[${adjoint.dx} + (${row} * S + t - 1) * ${I} + j]`, 'dx')}
         ${scatter(block, (row) => `result[${adjoint.de} + ((t - 1) * B + ${row}) * ${I} + j]`, 'value')}`,
      )}
      workgroupBarrier();
    }
    ${layers
      .map(({ units: H, state }, l) =>
        each(
          H,
          `var value = g[(${state} + j) * ${V} + v];
           ${l === L - 1 ? `if (uniforms.end == 0) { ${throughEstimate} }` : ''}
           ${scatter(block, (row) => `result[${adjoint.initial} + ${row} * ${sumH} + ${state} + j]`, 'value')}`,
        ),
      )
      .join('\n')}
  }`;
}
