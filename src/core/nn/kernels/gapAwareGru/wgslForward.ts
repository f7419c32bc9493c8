/**
 * Forward pass in WGSL: a workgroup carries a block of rows through time with their state in workgroup memory.
 *
 * An invocation makes a unit for all rows of the block, so that they share the load of a weight. Between the phases of
 * a step (parts of the estimate, then u, then z and r, then c and h of each layer) stands a barrier.
 */
import type { Plan } from './wgslPlan';
import { each, gather, layerFields, opening, recurrenceHead, scatter } from './wgslText';

/** WGSL of steps [start, end); result = tape; inputs x, mask, valid, initial, weights, layerTable. */
export function forwardCode(plan: Plan): string {
  return `
  ${recurrenceHead(plan, plan.slots.forward)}
  struct Gates { z: T, r: T }
  // two products of the same vector, so that it is read once
  fn gateProducts(at: i32, column: i32, units: i32, count: i32) -> Gates {
    var sums = Gates(T(0.0), T(0.0));
    var weight = column;
    for (var k = 0; k < count; k++) {
      let y = memory[at + k];
      sums.z += y * weights[weight];
      sums.r += y * weights[weight + units];
      weight += 3 * units;
    }
    return sums;
  }
  // parts of e_t = h W_imp, over the top layer's units
  fn estimateParts(partsAt: i32) {
    let I = uniforms.inputs; let P = uniforms.parts;
    let l = uniforms.layers - 1;
    ${layerFields}
    let most = (units + P - 1) / P;
    for (var item = i32(localIndex); item < I * P; item += ${plan.invocations}) {
      let i = item % I; let low = (item / I) * most;
      memory[partsAt + item] = product(state + low, uniforms.imputation + low * I + i, I, min(most, units - low));
    }
    workgroupBarrier();
  }
  fn estimate(partsAt: i32, i: i32) -> T {
    var e = T(weights[uniforms.imputationBias + i]);
    for (var p = 0; p < uniforms.parts; p++) { e += memory[partsAt + p * uniforms.inputs + i]; }
    return e;
  }
  fn main() {
    ${opening(plan)}
    let resetAt = uniforms.width;
    let uAt = resetAt + uniforms.widest;
    let partsAt = uAt + I;
    for (var l = 0; l < L; l++) {
      ${layerFields}
      ${each(
        plan,
        'units',
        `var value: T;
         if (uniforms.start == 0) {
           value = ${gather(plan, 'initial', 'rows * uniforms.width + state + j')};
           ${scatter(plan, 'rows * units + h + j', 'value')}
         } else {
           value = ${gather(plan, 'result', '(uniforms.start * B + rows) * units + h + j')};
         }
         memory[state + j] = value;`,
      )}
    }
    workgroupBarrier();
    for (var t = uniforms.start; t < uniforms.end; t++) {
      estimateParts(partsAt);
      ${each(
        plan,
        'I',
        `let e = estimate(partsAt, j);
         let cell = (rows * S + t) * I + j;
         let m = ${gather(plan, 'mask', 'cell')};
         let seen = ${gather(plan, 'x', 'cell')};
         let u = select(m * seen, T(0.0), m == T(0.0)) + (1.0 - m) * e;
         memory[uAt + j] = u;
         ${scatter(plan, '(t * B + rows) * I + uniforms.estimates + j', 'e')}
         ${scatter(plan, '(t * B + rows) * I + j', 'u')}`,
      )}
      workgroupBarrier();
      var inputAt = uAt;
      for (var l = 0; l < L; l++) {
        ${layerFields}
        ${each(
          plan,
          'units',
          `let a = gateProducts(inputAt, kernel + j, units, inputs);
           let b_ = gateProducts(state, recurrent + j, units, units);
           let zt = sigma(a.z + b_.z + weights[bias + j]);
           let rt = sigma(a.r + b_.r + weights[bias + units + j]);
           memory[resetAt + j] = rt * memory[state + j];
           let cell = (t * B + rows) * units + j;
           ${scatter(plan, 'cell + z', 'zt')}
           ${scatter(plan, 'cell + r', 'rt')}`,
        )}
        workgroupBarrier();
        ${each(
          plan,
          'units',
          `let cell = (t * B + rows) * units + j;
           let zt = ${gather(plan, 'result', 'cell + z')};
           let real = ${gather(plan, 'valid', 'rows * S + t')} != T(0.0);
           let ct = safeTanh(product(inputAt, kernel + 2 * units + j, 3 * units, inputs) + product(resetAt, recurrent + 2 * units + j, 3 * units, units) + weights[bias + 2 * units + j]);
           let before = memory[state + j];
           let after = select(before, zt * before + (1.0 - zt) * ct, real);
           memory[state + j] = after;
           ${scatter(plan, 'cell + c', 'ct')}
           ${scatter(plan, 'cell + B * units + h', 'after')}`,
        )}
        workgroupBarrier();
        inputAt = state;
      }
    }
    if (uniforms.end == S) {
      estimateParts(partsAt);
      ${each(plan, 'I', `let e = estimate(partsAt, j); ${scatter(plan, '(S * B + rows) * I + uniforms.estimates + j', 'e')}`)}
    }
  }`;
}
