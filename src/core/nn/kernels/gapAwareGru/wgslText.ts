/** WGSL fragments shared by the programs of the gap-aware GRU. */
import type { RowBlock } from './wgslPlan';

/** B, S and their product, from the uniforms. */
export const sizes = 'let B = uniforms.batch; let S = uniforms.steps; let BS = B * S;';

/** `T`: one value for each lane (row of the batch); rows past the end repeat the last row and are never written. */
export function laneType({ lanes }: RowBlock): string {
  return lanes === 1 ? 'f32' : `vec${lanes}<f32>`;
}

/** A T whose lane i is `at(row)`, with `row` the expression of a row index inside the batch. Needs `b` (first row) and `B`. */
export function gather({ lanes }: RowBlock, at: (row: string) => string): string {
  const values = Array.from({ length: lanes }, (_, i) => at(`min(b + ${i}, B - 1)`));
  return lanes === 1 ? values[0] : `T(${values.join(', ')})`;
}

/** Statements that write each lane of `value` to `target(row)` where the row is inside the batch. Needs `b` and `B`. */
export function scatter({ lanes }: RowBlock, target: (row: string) => string, value: string): string {
  const write = (i: number): string => `if (b + ${i} < B) { ${target(`(b + ${i})`)} = ${lanes === 1 ? value : `${value}[${i}]`}; }`;
  return Array.from({ length: lanes }, (_, i) => write(i)).join(' ');
}

/** A loop over `count` items shared out among the invocations. */
export function forItems(count: number, stride: number, body: string): string {
  return `for (var item = i32(localIndex); item < ${count}; item += ${stride}) { ${body} }`;
}

/** A loop over k = 0..count-1 whose body is written `unroll` times; `count` is known, so nothing is left to test. */
export function unrolled(count: number, body: (k: string) => string, unroll = 4): string {
  const whole = count - (count % unroll);
  const repeat = (from: string, n: number): string => Array.from({ length: n }, (_, i) => body(`(${from} + ${i})`)).join('\n');
  const loop = whole > 0 ? `for (var k = 0; k < ${whole}; k += ${unroll}) { ${repeat('k', unroll)} }` : '';
  return loop + repeat(`${whole}`, count - whole);
}

/**
 * σ and tanh of a T. Arguments are clamped where the result no longer changes, since exp may overflow to
 * infinity and WGSL need not honour infinities; near 0 tanh is a polynomial, where 1 - 2 / (e^2a + 1) would cancel.
 */
export const activations = `
  fn sigma(a: T) -> T { return 1.0 / (1.0 + exp(-clamp(a, T(-40.0), T(40.0)))); }
  fn safeTanh(a: T) -> T {
    let x = clamp(a, T(-12.0), T(12.0));
    let s = x * x;
    let near = x * (1.0 - s * (0.33333333 - s * (0.13333333 - s * (0.053968254 - s * 0.021869488))));
    let far = 1.0 - 2.0 / (exp(2.0 * x) + 1.0);
    return select(far, near, abs(x) < T(0.3));
  }`;
