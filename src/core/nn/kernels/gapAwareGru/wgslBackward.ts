/**
 * Backward pass through time in WGSL, the mirror of the forward pass: a workgroup carries the gradient g of its rows
 * from the last step to the first and writes the gradients da of the pre-activations and de of the estimates. The
 * weight gradients are products of these with the tape, see wgslWeightGradient.ts.
 */
import type { Plan } from './wgslPlan';
import { each, gather, layerFields, opening, recurrenceHead, scatter } from './wgslText';

/**
 * WGSL of steps `start` down to `end` + 1, counted from 1; result = adjoint buffer; inputs mask, valid, weights (every
 * block transposed, see wgslCopy.ts), tape, gradOutput, layerTable; uniforms of the recurrence, where `estimates` is the
 * place of de, and dx, initial (places in the adjoint buffer) and states (whether the top states are an output).
 */
export function backwardCode(plan: Plan): string {
  return `
  ${recurrenceHead(plan, plan.slots.backward)}
  fn main() {
    ${opening(plan)}
    let daAt = uniforms.width;
    let deAt = daAt + 3 * uniforms.widest;
    let partsAt = deAt + I;
    let finals = B * (S + 1) * I;
    for (var l = 0; l < L; l++) {
      ${layerFields}
      ${each(
        plan,
        'units',
        `let cell = rows * uniforms.width + state + j;
         if (uniforms.start == S) {
           memory[state + j] = ${gather(plan, 'gradOutput', 'cell + finals')};
         } else {
           memory[state + j] = ${gather(plan, 'result', 'cell + uniforms.initial')};
         }`,
      )}
    }
    ${each(
      plan,
      'I',
      `let to_ = (uniforms.start * B + rows) * I + uniforms.estimates + j;
       var value = ${gather(plan, 'gradOutput', '(rows * (S + 1) + S) * I + j')};
       if (uniforms.start == S) { ${scatter(plan, 'to_', 'value')} } else { value = ${gather(plan, 'result', 'to_')}; }
       memory[deAt + j] = value;`,
    )}
    workgroupBarrier();
    for (var t = uniforms.start; t > uniforms.end; t--) {
      for (var l = L - 1; l >= 0; l--) {
        ${layerFields}
        ${each(
          plan,
          'units',
          `var g = memory[state + j];
           if (l == L - 1) {
             g += product(deAt, uniforms.imputation + j, units, I);
             if (uniforms.states != 0) { g += ${gather(plan, 'gradOutput', '(rows * S + t - 1) * units + finals + B * uniforms.width + j')}; }
           }
           let cell = ((t - 1) * B + rows) * units + j;
           let real = ${gather(plan, 'valid', 'rows * S + t - 1')} != T(0.0);
           let zt = ${gather(plan, 'tape', 'cell + z')};
           let ct = ${gather(plan, 'tape', 'cell + c')};
           let before = ${gather(plan, 'tape', 'cell + h')};
           let seen = select(T(0.0), g, real);
           let az = seen * (before - ct) * zt * (1.0 - zt);
           let ac = seen * (1.0 - zt) * (1.0 - ct * ct);
           memory[state + j] = g;
           memory[daAt + j] = az;
           memory[daAt + 2 * units + j] = ac;
           let to_ = ((t - 1) * B + rows) * 3 * units + da + j;
           ${scatter(plan, 'to_', 'az')}
           ${scatter(plan, 'to_ + 2 * units', 'ac')}`,
        )}
        workgroupBarrier();
        ${each(
          plan,
          'units',
          `let cell = ((t - 1) * B + rows) * units + j;
           let real = ${gather(plan, 'valid', 'rows * S + t - 1')} != T(0.0);
           let zt = ${gather(plan, 'tape', 'cell + z')};
           let rt = ${gather(plan, 'tape', 'cell + r')};
           let before = ${gather(plan, 'tape', 'cell + h')};
           let q = product(daAt + 2 * units, recurrent + 2 * units * units + j, units, units);
           let ar = q * before * rt * (1.0 - rt);
           memory[daAt + units + j] = ar;
           memory[state + j] = memory[state + j] * select(T(1.0), zt, real) + q * rt;
           ${scatter(plan, '((t - 1) * B + rows) * 3 * units + da + units + j', 'ar')}`,
        )}
        workgroupBarrier();
        // g for h_(t-1), and du: for the layer below at once, for the input in parts
        let own = units;
        let below = select(I * P, inputs, l > 0);
        let most = (3 * units + P - 1) / P;
        for (var item = i32(localIndex); item < own + below; item += ${plan.invocations}) {
          if (item < own) {
            memory[state + item] += product(daAt, recurrent + item, units, 2 * units);
          } else if (l > 0) {
            let j = item - own;
            memory[state - inputs + j] += product(daAt, kernel + j, inputs, 3 * units);
          } else {
            let p = item - own;
            let i = p % I; let low = (p / I) * most;
            memory[partsAt + p] = product(daAt + low, kernel + low * I + i, I, min(most, 3 * units - low));
          }
        }
        workgroupBarrier();
      }
      ${each(
        plan,
        'I',
        `var du = T(0.0);
         for (var p = 0; p < P; p++) { du += memory[partsAt + p * I + j]; }
         let cell = (rows * S + t - 1) * I + j;
         let m = ${gather(plan, 'mask', 'cell')};
         let dx = m * du;
         let de = ${gather(plan, 'gradOutput', '(rows * (S + 1) + t - 1) * I + j')} + (1.0 - m) * du;
         memory[deAt + j] = de;
         ${scatter(plan, 'cell + uniforms.dx', 'dx')}
         ${scatter(plan, '((t - 1) * B + rows) * I + uniforms.estimates + j', 'de')}`,
      )}
      workgroupBarrier();
    }
    for (var l = 0; l < L; l++) {
      ${layerFields}
      ${each(
        plan,
        'units',
        `var g = memory[state + j];
         if (l == L - 1 && uniforms.end == 0) { g += product(deAt, uniforms.imputation + j, units, I); }
         ${scatter(plan, 'rows * uniforms.width + uniforms.initial + state + j', 'g')}`,
      )}
    }
  }`;
}
