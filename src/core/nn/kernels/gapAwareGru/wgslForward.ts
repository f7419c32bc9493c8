/**
 * Forward pass in WGSL: a workgroup carries a block of rows through time with their state in workgroup memory.
 *
 * Input and states lie side by side there as their matrices do in the packed weights, so that W and U are one matrix of
 * one product; so do the input and r h for the candidate. Between the phases of a step (estimate, u, then sums of z and
 * r, the gates, sums of c, and h of each layer) stands a barrier.
 */
import { each, gather, recurrenceHead, scatter } from '../wgslRecurrence';
import type { Plan } from './wgslPlan';
import { layerFields, layersUp, opening } from './wgslText';

/** WGSL of steps [start, end); result = tape; inputs x, mask, valid, initial, weights, layerTable; without gaps neither mask nor initial. */
export function forwardCode(plan: Plan): string {
  const { gaps } = plan;
  return `
  ${recurrenceHead(plan, plan.slots.forward)}
  fn main() {
    ${opening(plan)}
    let pairAt = I + uniforms.width;
    let sumsAt = pairAt + uniforms.widestPair;
    let topAt = pairAt - uniforms.top;
    let estimateParts = partsOf(uniforms.top, I, uniforms.room);
    ${layersUp(`
      ${layerFields}
      ${each(
        plan,
        'units',
        `var value = T(0.0);
         if (uniforms.start == 0) {
           ${gaps ? `value = ${gather(plan, 'initial', 'given * uniforms.width + state + j')};` : ''}
           ${scatter(plan, 'rows * units + h + j', 'value')}
         } else {
           value = ${gather(plan, 'result', '(uniforms.start * B + rows) * units + h + j')};
         }
         memory[I + state + j] = value;`,
      )}
    `)}
    workgroupBarrier();
    for (var t = uniforms.start; t < uniforms.end; t++) {
      ${gaps ? 'products(topAt, uniforms.top, weights0 + uniforms.imputation, I, I, estimateParts, sumsAt);' : ''}
      ${each(
        plan,
        'I',
        `let cell = (given * S + t) * I + j;
         let seen = ${gather(plan, 'x', 'cell')};
         ${
           gaps
             ? `
         let e = total(sumsAt, I, estimateParts, j) + weights[weights0 + uniforms.imputationBias + j];
         let m = ${gather(plan, 'mask', 'cell')};
         let u = select(m * seen, T(0.0), m == T(0.0)) + (1.0 - m) * e;
         ${scatter(plan, '(t * B + rows) * I + tape0 + uniforms.estimates + j', 'e')}`
             : 'let u = seen;'
         }
         memory[j] = u;
         ${scatter(plan, '(t * B + rows) * I + tape0 + j', 'u')}`,
      )}
      workgroupBarrier();
      ${layersUp(`
        ${layerFields}
        let inputAt = I + state - inputs;
        let gateParts = partsOf(inputs + units, 2 * units, uniforms.room);
        products(inputAt, inputs + units, kernel, 3 * units, 2 * units, gateParts, sumsAt);
        ${each(
          plan,
          'units',
          `let zt = sigma(total(sumsAt, 2 * units, gateParts, j) + weights[bias + j]);
           let rt = sigma(total(sumsAt, 2 * units, gateParts, j + units) + weights[bias + units + j]);
           memory[pairAt + inputs + j] = rt * memory[I + state + j];
           memory[sumsAt + j] = zt;
           let cell = (t * B + rows) * units + j;
           ${scatter(plan, 'cell + z', 'zt')}
           ${scatter(plan, 'cell + r', 'rt')}`,
        )}
        ${each(plan, 'inputs', 'memory[pairAt + j] = memory[inputAt + j];')}
        workgroupBarrier();
        let parts = partsOf(inputs + units, units, uniforms.room - units);
        products(pairAt, inputs + units, kernel + 2 * units, 3 * units, units, parts, sumsAt + units);
        ${each(
          plan,
          'units',
          `let cell = (t * B + rows) * units + j;
           let zt = memory[sumsAt + j];
           let real = ${gather(plan, 'valid', 'given * S + t')} != T(0.0);
           let ct = safeTanh(total(sumsAt + units, units, parts, j) + weights[bias + 2 * units + j]);
           let before = memory[I + state + j];
           let after = select(before, zt * before + (1.0 - zt) * ct, real);
           memory[I + state + j] = after;
           ${scatter(plan, 'cell + c', 'ct')}
           ${scatter(plan, 'cell + B * units + h', 'after')}`,
        )}
        workgroupBarrier();
      `)}
    }
    ${
      gaps
        ? `if (uniforms.end == S) {
      products(topAt, uniforms.top, weights0 + uniforms.imputation, I, I, estimateParts, sumsAt);
      ${each(plan, 'I', `let e = total(sumsAt, I, estimateParts, j) + weights[weights0 + uniforms.imputationBias + j]; ${scatter(plan, '(S * B + rows) * I + tape0 + uniforms.estimates + j', 'e')}`)}
    }`
        : ''
    }
  }`;
}
