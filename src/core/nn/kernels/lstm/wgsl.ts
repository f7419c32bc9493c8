/**
 * Both directions of the recurrence in WGSL, two sets of rows with weights of their own; the second runs against time.
 *
 * Input and state lie side by side in workgroup memory as W and U do in the packed weights, so that they are one matrix of
 * one product. Between its sums and their use stands a barrier, and another before the next product.
 */
import { each, gather, recurrenceHead, repeat, scatter, type Lanes } from '../wgslRecurrence';

/** Letters, places of the set in the buffers, rows of the workgroup, and the place in time of step t. */
const opening = ({ lanes }: Lanes): string => `
    let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs; let H = uniforms.units;
    let back = i32(workgroupId.x) / uniforms.workgroups;
    let weights0 = back * uniforms.weights; let tape0 = back * uniforms.tape; let adjoint0 = back * uniforms.adjoint;
    let row0 = (i32(workgroupId.x) % uniforms.workgroups) * ${lanes};
    let rows = min(R(row0) + R(${[0, 1, 2, 3].slice(0, lanes).join(', ')}), R(B - 1));`;

const time = (t: string): string => `select(${t}, S - 1 - (${t}), back == 1)`;

/** result = tape: x, gates, cells, states, those of the second direction after those of the first; inputs x, valid, weights. */
export function forwardCode(plan: Lanes, slots: number): string {
  const take = (t: string): string => `
      let value = ${gather(plan, 'x', `(rows * S + ${time(t)}) * I + j`)};
      memory[j] = value;
      ${scatter(plan, `(${t} * B + rows) * I + tape0 + j`, 'value')}`;
  return `
  ${recurrenceHead(plan, slots)}
  fn main() {
    ${opening(plan)}
    let cellAt = I + H;
    let sumsAt = cellAt + H;
    let parts = partsOf(I + H, 4 * H, uniforms.room);
    let none = T(0.0);
    ${each(plan, 'H', `memory[I + j] = none; memory[cellAt + j] = none; ${scatter(plan, 'rows * H + tape0 + uniforms.states + j', 'none')}`)}
    ${each(plan, 'I', take('0'))}
    workgroupBarrier();
    for (var t = 0; t < S; t++) {
      products(0, I + H, weights0, 4 * H, 4 * H, parts, sumsAt);
      ${each(
        plan,
        'H',
        `let bias = weights0 + (I + H) * 4 * H + j;
         let i = sigma(total(sumsAt, 4 * H, parts, j) + weights[bias]);
         let f = sigma(total(sumsAt, 4 * H, parts, j + H) + weights[bias + H]);
         let o = sigma(total(sumsAt, 4 * H, parts, j + 2 * H) + weights[bias + 2 * H]);
         let g = safeTanh(total(sumsAt, 4 * H, parts, j + 3 * H) + weights[bias + 3 * H]);
         let real = ${gather(plan, 'valid', `rows * S + ${time('t')}`)} != T(0.0);
         let cell = select(memory[cellAt + j], f * memory[cellAt + j] + i * g, real);
         let state = select(memory[I + j], o * safeTanh(cell), real);
         memory[cellAt + j] = cell;
         memory[I + j] = state;
         let gate = (t * B + rows) * 4 * H + tape0 + uniforms.gates + j;
         ${scatter(plan, 'gate', 'i')} ${scatter(plan, 'gate + H', 'f')} ${scatter(plan, 'gate + 2 * H', 'o')} ${scatter(plan, 'gate + 3 * H', 'g')}
         ${scatter(plan, '(t * B + rows) * H + tape0 + uniforms.cells + j', 'cell')}
         ${scatter(plan, '((t + 1) * B + rows) * H + tape0 + uniforms.states + j', 'state')}`,
      )}
      let next = min(t + 1, S - 1);
      ${each(plan, 'I', take('next'))}
      workgroupBarrier();
    }
  }`;
}

/** result = gradients for the gates' sums and for x, [S, B, ...] of either direction; inputs valid, weights (the matrix turned), tape, gradStates. */
export function backwardCode(plan: Lanes, slots: number): string {
  return `
  ${recurrenceHead(plan, slots)}
  fn main() {
    ${opening(plan)}
    let cellAt = H;
    let daAt = cellAt + H;
    let sumsAt = daAt + 4 * H;
    let parts = partsOf(4 * H, I + H, uniforms.room);
    ${each(plan, 'H', 'memory[j] = T(0.0); memory[cellAt + j] = T(0.0);')}
    for (var t = S - 1; t >= 0; t--) {
      ${each(
        plan,
        'H',
        `let own = ${gather(plan, 'tape', '((t + 1) * B + rows) * H + tape0 + uniforms.states + j')};
         let other = ${gather(plan, 'tape', '((S - t) * B + rows) * H + (1 - back) * uniforms.tape + uniforms.states + j')};
         let leak = select(T(uniforms.slope), T(1.0), own + other > T(0.0));
         let real = ${gather(plan, 'valid', `rows * S + ${time('t')}`)} != T(0.0);
         let gate = (t * B + rows) * 4 * H + tape0 + uniforms.gates + j;
         let i = ${gather(plan, 'tape', 'gate')}; let f = ${gather(plan, 'tape', 'gate + H')};
         let o = ${gather(plan, 'tape', 'gate + 2 * H')}; let g = ${gather(plan, 'tape', 'gate + 3 * H')};
         let cells = rows * H + tape0 + uniforms.cells + j;
         let squashed = safeTanh(${gather(plan, 'tape', 't * B * H + cells')});
         let before = select(${gather(plan, 'tape', 'max(t - 1, 0) * B * H + cells')}, T(0.0), t == 0);
         let dh = memory[j] + leak * ${gather(plan, 'gradStates', `(rows * S + ${time('t')}) * H + j`)};
         let dc = memory[cellAt + j] + dh * o * (1.0 - squashed * squashed);
         let share = select(T(0.0), T(1.0), real);
         let di = share * dc * g * i * (1.0 - i);
         let df = share * dc * before * f * (1.0 - f);
         let do_ = share * dh * squashed * o * (1.0 - o);
         let dg = share * dc * i * (1.0 - g * g);
         memory[daAt + j] = di; memory[daAt + H + j] = df; memory[daAt + 2 * H + j] = do_; memory[daAt + 3 * H + j] = dg;
         memory[cellAt + j] = select(memory[cellAt + j], dc * f, real);
         memory[j] = select(dh, T(0.0), real);
         let at_ = (t * B + rows) * 4 * H + adjoint0 + j;
         ${scatter(plan, 'at_', 'di')} ${scatter(plan, 'at_ + H', 'df')} ${scatter(plan, 'at_ + 2 * H', 'do_')} ${scatter(plan, 'at_ + 3 * H', 'dg')}`,
      )}
      workgroupBarrier();
      products(daAt, 4 * H, weights0, I + H, I + H, parts, sumsAt);
      ${each(plan, 'H', 'memory[j] += total(sumsAt, I + H, parts, I + j);')}
      ${each(plan, 'I', `let dx = total(sumsAt, I + H, parts, j); ${scatter(plan, '(t * B + rows) * I + adjoint0 + uniforms.dx + j', 'dx')}`)}
    }
  }`;
}

/** Both directions' weights side by side, with the matrix of W and U turned if wanted; inputs forward, backward; uniforms weights (of one), high, wide, turned. */
export const packCode = `
  fn main(index: i32) {
    if (index >= 2 * uniforms.weights) { return; }
    let isBack = index >= uniforms.weights;
    var at = index - select(0, uniforms.weights, isBack);
    if (uniforms.turned == 1 && at < uniforms.high * uniforms.wide) { at = (at % uniforms.high) * uniforms.wide + at / uniforms.high; }
    result[index] = select(forward[at], backward[at], isBack);
  }`;

const element = `
    if (index >= uniforms.total) { return; }
    let B = uniforms.batch; let S = uniforms.steps; let W = uniforms.width;
    let row = index / (S * W);
    let t = (index / W) % S;
    let ahead = (t * B + row) * W + index % W;
    let back = ((S - 1 - t) * B + row) * W + index % W + uniforms.second;`;

/** y [B, S, H] out of the tape; inputs tape; uniforms batch, steps, width, first and second (places of h_1 of either direction), total, slope. */
export const outputCode = `
  fn main(index: i32) {
    ${element}
    let sum = tape[ahead + uniforms.first] + tape[back];
    result[index] = select(uniforms.slope * sum, sum, sum > 0.0);
  }`;

/** dx [B, S, I] out of the adjoint buffers; as outputCode, without slope. */
export const inputGradientCode = `
  fn main(index: i32) {
    ${element}
    result[index] = adjoint[ahead + uniforms.first] + adjoint[back];
  }`;

/** The gradient for one direction's weights; inputs partials [parts, 2 weights]; uniforms first, weights, parts. */
export const weightSumCode = `
  fn main(index: i32) {
    if (index >= uniforms.weights) { return; }
    var sum = 0.0;
    ${repeat('var p = 0', 'p += 1', 'p >= uniforms.parts', 'sum += partials[p * 2 * uniforms.weights + uniforms.first + index];')}
    result[index] = sum;
  }`;
