/**
 * One step of the LSTM cell over the lanes, forward and back (methods.md 2.8). Gates lie as [i, f, o, g], each `size`
 * bytes of rows of `row` bytes; `real` [row] has all bits set where the step belongs to its series, elsewhere the cell
 * keeps its state. Sizes are multiples of 64 bytes.
 */
import { sigmoid, tanh } from './activations';
import { multiplyAdd } from './multiplyAdd';

/**
 * c = f c_{t−1} + i g,  h = o tanh(c)
 *
 * @param gates pre-activations, which become the activations
 * @param before, after c_{t−1} and c
 * @param squashed room for tanh(c); may be `next`
 * @param h, next h_{t−1} and h; may be one
 */
export function cellForward(gates: usize, size: usize, row: usize, before: usize, after: usize, squashed: usize, h: usize, next: usize, real: usize, constants: usize): void {
  sigmoid(gates, 3 * size, constants);
  tanh(gates + 3 * size, gates + 3 * size, size, constants);
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const at = j + b;
      const kept = v128.load(before + at);
      const c = multiplyAdd(v128.load(gates + size + at), kept, f32x4.mul(v128.load(gates + at), v128.load(gates + 3 * size + at)));
      v128.store(after + at, v128.bitselect(c, kept, v128.load(real + b)));
    }
  }
  tanh(squashed, after, size, constants);
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const at = j + b;
      const open = f32x4.mul(v128.load(gates + 2 * size + at), v128.load(squashed + at));
      v128.store(next + at, v128.bitselect(open, v128.load(h + at), v128.load(real + b)));
    }
  }
}

/**
 * The way back: from the gradients of h and c to those of the pre-activations and of c_{t−1}.
 *
 * @param gh of h, to which `incoming` is added unless that is 0; left are those of padded steps, which go on as they are
 * @param gc of c, then of c_{t−1}
 * @param da of the pre-activations
 * @param squashes room for tanh(c)
 */
export function cellBackward(gates: usize, size: usize, row: usize, before: usize, after: usize, squashes: usize, gh: usize, incoming: usize, gc: usize, da: usize, real: usize, constants: usize): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  tanh(squashes, after, size, constants);
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const at = j + b;
      const i = v128.load(gates + at);
      const f = v128.load(gates + size + at);
      const o = v128.load(gates + 2 * size + at);
      const g = v128.load(gates + 3 * size + at);
      const within = v128.load(real + b);
      let slope = v128.load(gh + at);
      if (incoming) slope = f32x4.add(slope, v128.load(incoming + at));
      const squashed = v128.load(squashes + at);
      const carried = v128.load(gc + at);
      const dc = f32x4.add(carried, f32x4.mul(f32x4.mul(slope, o), f32x4.sub(one, f32x4.mul(squashed, squashed))));
      v128.store(da + at, v128.and(f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))), within));
      v128.store(da + size + at, v128.and(f32x4.mul(f32x4.mul(dc, v128.load(before + at)), f32x4.mul(f, f32x4.sub(one, f))), within));
      v128.store(da + 2 * size + at, v128.and(f32x4.mul(f32x4.mul(slope, squashed), f32x4.mul(o, f32x4.sub(one, o))), within));
      v128.store(da + 3 * size + at, v128.and(f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))), within));
      v128.store(gc + at, v128.bitselect(f32x4.mul(dc, f), carried, within));
      v128.store(gh + at, v128.bitselect(zero, slope, within));
    }
  }
}
