/** The forward pass: both directions of a part, one after the other, then their sum. */
import { layConstants } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { cellForward } from '../../../../lib/assembly/lstmCell';
import { multiply, pack } from '../../../../lib/assembly/matrix';
import { B, Call, cellsOf, constants, firstRow, gatesOf, H, HP, I, inputSize, IP, lay, R, row, S, scratch, size, statesOf, valid, weightsOf, x } from './layout';

/** Lays out what the parts share: the panels lie gate after gate, inputs and units deep. */
export function prepareForward(call: Call): void {
  lay(call, 0);
  layConstants(constants);
  const depth = I + H;
  for (let d = 0; d < 2; d++) {
    const weights = d == 0 ? call.forward : call.backward;
    const biases = weightsOf(d);
    const panels = biases + ((4 * HP) << 2);
    for (let gate = 0; gate < 4; gate++) {
      const columns = weights + ((gate * H) << 2);
      pack(biases + ((gate * HP) << 2), 1, 0, columns + ((depth * 4 * H) << 2), 4 * H, 1, 1, H);
      pack(panels + ((gate * HP * depth) << 2), depth, 0, columns, 4 * H, 1, depth, H);
    }
  }
}

/** Gates, cells and states of one direction. */
function runDirection(d: i32): void {
  const biases = weightsOf(d);
  const panels = biases + ((4 * HP) << 2);
  const cells = cellsOf(d);
  const states = statesOf(d);
  const start = size * ((d * S) as usize);
  memory.fill(cells + start, 0, size);
  memory.fill(states + start, 0, size);
  for (let step = 0; step < S; step++) {
    const t = d == 0 ? step : S - 1 - step;
    const gates = gatesOf(d) + 4 * size * (t as usize);
    const before = size * ((t + d) as usize);
    const after = size * ((t + 1 - d) as usize);
    multiply(gates, HP, R, x + inputSize * (t as usize), I, states + before, H, panels, biases);
    cellForward(gates, size, row, cells + before, cells + after, scratch, states + before, states + after, valid + row * (t as usize), constants);
  }
}

/** Runs the sequence for the rows of one part. */
export function forward(part: i32, call: Call): void {
  lay(call, part);
  layValid(valid, call.valid + ((firstRow * S) << 2), S, B, R);
  if (I != IP) memory.fill(x, 0, inputSize * (S as usize));
  for (let t = 0; t < S; t++) toLanes(x + inputSize * (t as usize), call.x + (((firstRow * S + t) * I) << 2), I, S * I, B, R);
  runDirection(0);
  runDirection(1);
  const below = f32x4.splat(call.slope);
  for (let t = 0; t < S; t++) {
    const ahead = statesOf(0) + size * ((t + 1) as usize);
    const back = statesOf(1) + size * (t as usize);
    for (let i: usize = 0; i < size; i += 16) {
      const sum = f32x4.add(v128.load(ahead + i), v128.load(back + i));
      v128.store(scratch + i, v128.bitselect(sum, f32x4.mul(sum, below), f32x4.gt(sum, f32x4.splat(0))));
    }
    fromLanes(call.states + (((firstRow * S + t) * H) << 2), scratch, H, S * H, B, R);
  }
}
