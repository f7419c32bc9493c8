/**
 * Forward pass in WGSL: a workgroup carries a block of rows through time with their state in workgroup memory.
 *
 * An item of work is a unit and a vector of rows, so that a weight is loaded once for all lanes. Between the phases of
 * a step (parts of the estimate, u, then z and r, c and h of each layer) stands a barrier.
 */
import { stateWidth, weightLayout, type GruShape } from './shape';
import { invocations, partsOf, tapeOffsets, type RowBlock } from './wgslPlan';
import { activations, forItems, gather, laneType, scatter, sizes, unrolled } from './wgslText';

/** Invocations of one workgroup. */
export function forwardInvocations(shape: GruShape, block: RowBlock): number {
  return invocations(Math.max(Math.max(...shape.units) * block.groups, shape.inputs * block.groups * partsOf(shape.inputs, block)));
}

/** WGSL of steps [from, to); result = tape, inputs x, mask, valid, initial, weights; uniforms batch, steps, from, to. */
export function forwardCode(shape: GruShape, block: RowBlock): string {
  const { inputs: I, units } = shape;
  const { groups: V, lanes } = block;
  const { layers, imputation, imputationBias } = weightLayout(I, units);
  const tape = tapeOffsets(shape);
  const stride = forwardInvocations(shape, block);
  const L = units.length;
  const top = units[L - 1];
  const sumH = stateWidth(units);
  const P = partsOf(I, block);
  const part = Math.ceil(top / P);
  const topState = layers[L - 1].state;

  const rows = `let b = row0 + v * ${lanes};`;
  const each = (count: number, body: string): string => forItems(count * V, stride, `let j = item % ${count}; let v = item / ${count}; ${rows} ${body}`);

  const load = layers.map(({ units: H, state }, l) =>
    each(
      H,
      `var value: T;
       if (uniforms.start == 0) {
         value = ${gather(block, (row) => `initial[${row} * ${sumH} + ${state} + j]`)};
         ${scatter(block, (row) => `result[${tape.layers[l].h} + ${row} * ${H} + j]`, 'value')}
       } else {
         value = ${gather(block, (row) => `result[${tape.layers[l].h} + (uniforms.start * B + ${row}) * ${H} + j]`)};
       }
       h[(${state} + j) * ${V} + v] = value;`,
    ),
  );

  const estimate = `
    ${forItems(
      I * V * P,
      stride,
      `let i = item % ${I}; let v = (item / ${I}) % ${V}; let low = (item / ${I * V}) * ${part};
       var sum = T(0.0);
       for (var k = low; k < min(low + ${part}, ${top}); k++) { sum += h[(${topState} + k) * ${V} + v] * weights[${imputation} + k * ${I} + i]; }
       parts[item] = sum;`,
    )}
    workgroupBarrier();`;
  const addParts = `
    var e = T(weights[${imputationBias} + j]);
    for (var p = 0; p < ${P}; p++) { e += parts[(p * ${V} + v) * ${I} + j]; }
    ${scatter(block, (row) => `result[${tape.e} + (t * B + ${row}) * ${I} + j]`, 'e')}`;

  const step = layers.map(({ inputs: W, units: H, kernel, recurrent, bias, state }, l) => {
    const input = (k: string): string => (l === 0 ? `u[${k} * ${V} + v]` : `h[(${layers[l - 1].state} + ${k}) * ${V} + v]`);
    const weight = (base: number, k: string, gate: number): string => `weights[${base + gate * H} + ${k} * ${3 * H} + j]`;
    const at = `(t * B`;
    return `
      ${each(
        H,
        `var az = T(weights[${bias} + j]); var ar = T(weights[${bias + H} + j]);
         ${unrolled(W, (k) => `{ let y = ${input(k)}; az += y * ${weight(kernel, k, 0)}; ar += y * ${weight(kernel, k, 1)}; }`)}
         ${unrolled(H, (k) => `{ let y = h[(${state} + ${k}) * ${V} + v]; az += y * ${weight(recurrent, k, 0)}; ar += y * ${weight(recurrent, k, 1)}; }`)}
         let z = sigma(az); let r = sigma(ar);
         ${scatter(block, (row) => `result[${tape.layers[l].z} + ${at} + ${row}) * ${H} + j]`, 'z')}
         ${scatter(block, (row) => `result[${tape.layers[l].r} + ${at} + ${row}) * ${H} + j]`, 'r')}
         rh[j * ${V} + v] = r * h[(${state} + j) * ${V} + v];`,
      )}
      workgroupBarrier();
      ${each(
        H,
        `let z = ${gather(block, (row) => `result[${tape.layers[l].z} + ${at} + ${row}) * ${H} + j]`)};
         let keep = ${gather(block, (row) => `valid[${row} * S + t]`)};
         var ac = T(weights[${bias + 2 * H} + j]);
         ${unrolled(W, (k) => `ac += ${input(k)} * ${weight(kernel, k, 2)};`)}
         ${unrolled(H, (k) => `ac += rh[${k} * ${V} + v] * ${weight(recurrent, k, 2)};`)}
         let c = safeTanh(ac);
         let before = h[(${state} + j) * ${V} + v];
         let after = select(z * before + (1.0 - z) * c, before, keep == T(0.0));
         h[(${state} + j) * ${V} + v] = after;
         ${scatter(block, (row) => `result[${tape.layers[l].c} + ${at} + ${row}) * ${H} + j]`, 'c')}
         ${scatter(block, (row) => `result[${tape.layers[l].h} + (t * B + B + ${row}) * ${H} + j]`, 'after')}`,
      )}
      workgroupBarrier();`;
  });

  return `
  alias T = ${laneType(block)};
  var<workgroup> h: array<T, ${sumH * V}>;
  var<workgroup> rh: array<T, ${Math.max(...units) * V}>;
  var<workgroup> u: array<T, ${I * V}>;
  var<workgroup> parts: array<T, ${I * V * P}>;
  ${activations}
  fn main() {
    ${sizes}
    let row0 = i32(workgroupId.x) * ${lanes * V};
    ${load.join('\n')}
    workgroupBarrier();
    for (var t = uniforms.start; t < uniforms.end; t++) {
      ${estimate}
      ${each(
        I,
        `${addParts}
         let m = ${gather(block, (row) => `mask[(${row} * S + t) * ${I} + j]`)};
         let seen = ${gather(block, (row) => `x[(${row} * S + t) * ${I} + j]`)};
         let value = select(m * seen, T(0.0), m == T(0.0)) + (1.0 - m) * e;
         u[j * ${V} + v] = value;
         ${scatter(block, (row) => `result[(t * B + ${row}) * ${I} + j]`, 'value')}`,
      )}
      workgroupBarrier();
      ${step.join('\n')}
    }
    if (uniforms.end == S) {
      ${estimate}
      let t = S;
      ${each(I, addParts)}
    }
  }`;
}
