/**
 * Backward pass through time in WGSL, the mirror of the forward pass: a workgroup carries the gradient g of its rows
 * from the last step to the first and writes the gradients da of the pre-activations and de of the estimates. The
 * weight gradients are products of these with the tape, see wgslWeightGradient.ts.
 */
import { each, gather, recurrenceHead, scatter } from '../wgslRecurrence';
import type { Plan } from './wgslPlan';
import { layerFields, layersDown, layersUp, opening } from './wgslText';

/**
 * WGSL of steps `start` down to `end` + 1, counted from 1; result = adjoint buffer; inputs mask, valid, weights (the
 * matrix [inputs + H, 3H] of each layer and W_imp transposed, see wgslCopy.ts), tape, gradOutput, layerTable; without
 * gaps no mask. Uniforms of the recurrence, where `estimates` is the place of de, and dx, initial (places in the adjoint
 * buffer), finals and topStates (places in gradOutput, the latter -1 where the top states are no output).
 */
export function backwardCode(plan: Plan): string {
  const { gaps } = plan;
  return `
  ${recurrenceHead(plan, plan.slots.backward)}
  fn main() {
    ${opening(plan)}
    let daAt = uniforms.width;
    let deAt = daAt + 2 * uniforms.widest;
    let duAt = deAt + I;
    let sumsAt = duAt + uniforms.widestInput;
    ${layersUp(`
      ${layerFields}
      ${each(
        plan,
        'units',
        `if (uniforms.start == S) {
           memory[state + j] = ${gather(plan, 'gradOutput', 'given * uniforms.width + uniforms.finals + state + j')};
         } else {
           memory[state + j] = ${gather(plan, 'result', 'rows * uniforms.width + adjoint0 + uniforms.initial + state + j')};
         }`,
      )}
    `)}
    ${
      gaps
        ? each(
            plan,
            'I',
            `let to_ = (uniforms.start * B + rows) * I + adjoint0 + uniforms.estimates + j;
       var value = ${gather(plan, 'gradOutput', '(given * (S + 1) + S) * I + j')};
       if (uniforms.start == S) { ${scatter(plan, 'to_', 'value')} } else { value = ${gather(plan, 'result', 'to_')}; }
       memory[deAt + j] = value;`,
          )
        : ''
    }
    workgroupBarrier();
    for (var t = uniforms.start; t > uniforms.end; t--) {
      ${layersDown(`
        ${layerFields}
        let pair = inputs + units;
        ${each(
          plan,
          'units',
          `var g = memory[state + j];
           if (l == L - 1) {
             ${gaps ? 'g += column(deAt, weights0 + uniforms.imputation + j, units, I);' : ''}
             if (uniforms.topStates >= 0) { g += ${gather(plan, 'gradOutput', '(given * S + t - 1) * units + uniforms.topStates + j')}; }
           }
           let cell = ((t - 1) * B + rows) * units + j;
           let real = ${gather(plan, 'valid', 'given * S + t - 1')} != T(0.0);
           let zt = ${gather(plan, 'tape', 'cell + z')};
           let ct = ${gather(plan, 'tape', 'cell + c')};
           let before = ${gather(plan, 'tape', 'cell + h')};
           let seen = select(T(0.0), g, real);
           let az = seen * (before - ct) * zt * (1.0 - zt);
           let ac = seen * (1.0 - zt) * (1.0 - ct * ct);
           memory[state + j] = g * select(T(1.0), zt, real);
           memory[daAt + j] = az;
           memory[daAt + units + j] = ac;
           let to_ = ((t - 1) * B + rows) * 3 * units + da + j;
           ${scatter(plan, 'to_', 'az')}
           ${scatter(plan, 'to_ + 2 * units', 'ac')}`,
        )}
        workgroupBarrier();
        // what the candidate gives: to the input, and q to r h
        let candidateParts = partsOf(units, pair, uniforms.room);
        products(daAt + units, units, kernel + 2 * units * pair, pair, pair, candidateParts, sumsAt);
        ${each(plan, 'inputs', 'memory[duAt + j] = total(sumsAt, pair, candidateParts, j);')}
        ${each(
          plan,
          'units',
          `let cell = ((t - 1) * B + rows) * units + j;
           let rt = ${gather(plan, 'tape', 'cell + r')};
           let before = ${gather(plan, 'tape', 'cell + h')};
           let q = total(sumsAt, pair, candidateParts, inputs + j);
           let ar = q * before * rt * (1.0 - rt);
           memory[daAt + units + j] = ar;
           memory[state + j] += q * rt;
           ${scatter(plan, '((t - 1) * B + rows) * 3 * units + da + units + j', 'ar')}`,
        )}
        workgroupBarrier();
        // what both gates give: to the input, and to h_(t-1)
        let parts = partsOf(2 * units, pair, uniforms.room);
        products(daAt, 2 * units, kernel, pair, pair, parts, sumsAt);
        ${each(plan, 'units', 'memory[state + j] += total(sumsAt, pair, parts, inputs + j);')}
        ${each(
          plan,
          'inputs',
          `let du = memory[duAt + j] + total(sumsAt, pair, parts, j);
           if (l > 0) {
             memory[state - inputs + j] += du;
           } else {
             let cell = (given * S + t - 1) * I + j;
             ${
               gaps
                 ? `
             let m = ${gather(plan, 'mask', 'cell')};
             let dx = m * du;
             let de = ${gather(plan, 'gradOutput', '(given * (S + 1) + t - 1) * I + j')} + (1.0 - m) * du;
             memory[deAt + j] = de;
             ${scatter(plan, '((t - 1) * B + rows) * I + adjoint0 + uniforms.estimates + j', 'de')}`
                 : 'let dx = du;'
             }
             ${scatter(plan, '(rows * S + t - 1) * I + adjoint0 + uniforms.dx + j', 'dx')}
           }`,
        )}
        workgroupBarrier();
      `)}
    }
    ${layersUp(`
      ${layerFields}
      ${each(
        plan,
        'units',
        `var g = memory[state + j];
         ${gaps ? 'if (l == L - 1 && uniforms.end == 0) { g += column(deAt, weights0 + uniforms.imputation + j, units, I); }' : ''}
         ${scatter(plan, 'rows * uniforms.width + adjoint0 + uniforms.initial + state + j', 'g')}`,
      )}
    `)}
  }`;
}
