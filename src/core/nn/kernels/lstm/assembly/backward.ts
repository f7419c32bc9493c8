/**
 * The way back: `backward` makes the gradients of the pre-activations and of x for one part of the rows, then `sums` the
 * weight gradients of some columns as matrix products over all steps. The order of every sum is the same for any number
 * of parts and of column jobs.
 */
import { layConstants } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { cellBackward } from '../../../../lib/assembly/lstmCell';
import { accumulateOuter, accumulateSums, multiply, pack } from '../../../../lib/assembly/matrix';
import {
  B, Call, cellsOf, constants, dx, firstRow, gatesOf, gradientOf, H, HP, I, inputSize, IP, lay, panel, partBytes, parts, R, row, S, scratch, size, slopesOf, statesOf,
  tapeBytes, valid, weightBytes, weightsOf, x,
} from './layout';

/** Lays out what the parts share: panels from the gates, 4HP deep, to the units and to the inputs; the rows that pad a gate are 0. */
export function prepareBackward(call: Call): void {
  lay(call, 0);
  layConstants(constants);
  memory.fill(weightsOf(0), 0, 4 * weightBytes);
  for (let d = 0; d < 2; d++) {
    const weights = d == 0 ? call.forward : call.backward;
    const toUnits = weightsOf(d);
    const toInputs = toUnits + ((4 * HP * HP) << 2);
    for (let gate = 0; gate < 4; gate++) {
      const columns = weights + ((gate * H) << 2);
      pack(toInputs, 4 * HP, gate * HP, columns, 1, 4 * H, H, I);
      pack(toUnits, 4 * HP, gate * HP, columns + ((I * 4 * H) << 2), 1, 4 * H, H, H);
    }
  }
}

/** The gradient of the sum of the states at step t, from that of what LeakyReLU makes of it. */
function incomingAt(t: i32, to: usize, call: Call): void {
  toLanes(to, call.gradStates + (((firstRow * S + t) * H) << 2), H, S * H, B, R);
  const ahead = statesOf(0) + size * ((t + 1) as usize);
  const back = statesOf(1) + size * (t as usize);
  const below = f32x4.splat(call.slope);
  for (let i: usize = 0; i < size; i += 16) {
    const positive = f32x4.gt(f32x4.add(v128.load(ahead + i), v128.load(back + i)), f32x4.splat(0));
    const slope = v128.load(to + i);
    v128.store(to + i, v128.bitselect(slope, f32x4.mul(slope, below), positive));
  }
}

/** Through one direction, from where it ends to where it starts. */
function throughDirection(d: i32, call: Call): void {
  const toUnits = weightsOf(d);
  const toInputs = toUnits + ((4 * HP * HP) << 2);
  const cells = cellsOf(d);
  const slopes = slopesOf(d);
  const gh = scratch;
  const gc = gh + size;
  const incoming = gc + size;
  const squashes = incoming + size;
  memory.fill(gh, 0, 3 * size);
  for (let step = 0; step < S; step++) {
    const t = d == 0 ? S - 1 - step : step;
    const da = slopes + 4 * size * (t as usize);
    const gates = gatesOf(d) + 4 * size * (t as usize);
    incomingAt(t, incoming, call);
    cellBackward(gates, size, row, cells + size * ((t + d) as usize), cells + size * ((t + 1 - d) as usize), squashes, gh, incoming, gc, da, valid + row * (t as usize), constants);
    multiply(gh, HP >> 2, R, da, 4 * HP, da, 0, toUnits, 0);
    multiply(dx + inputSize * (t as usize), IP >> 2, R, da, 4 * HP, da, 0, toInputs, 0);
  }
}

/** The way back for the rows of one part. */
export function backward(part: i32, call: Call): void {
  lay(call, part);
  layValid(valid, call.valid + ((firstRow * S) << 2), S, B, R);
  memory.fill(dx, 0, inputSize * (S as usize));
  throughDirection(0, call);
  throughDirection(1, call);
  for (let t = 0; t < S; t++) fromLanes(call.dx + (((firstRow * S + t) * I) << 2), dx + inputSize * (t as usize), I, S * I, B, R);
}

/** The first column in a gradient of 4HP columns that is a job's, a multiple of 4. */
// @ts-ignore: decorator
@inline
function columnOf(job: i32, jobs: i32): i32 {
  return ((HP * job) / jobs) << 2;
}

/** The weight gradients of both directions, for the columns of one job. */
export function sums(job: i32, call: Call): void {
  lay(call, job);
  const room = panel;
  lay(call, 0);
  const from = columnOf(job, call.columnJobs);
  const count = columnOf(job + 1, call.columnJobs) - from;
  const width = 4 * HP;
  for (let d = 0; d < 2; d++) {
    const da = slopesOf(d) + row * (from as usize);
    const db = gradientOf(d) + (from << 2);
    const dW = db + (width << 2);
    const dU = dW + ((IP * width) << 2);
    accumulateOuter(dW, width, da, count, 4 * size, partBytes, x, IP, inputSize, tapeBytes, parts, S, R, room);
    accumulateOuter(dU, width, da, count, 4 * size, partBytes, statesOf(d) + size * (d as usize), HP, size, tapeBytes, parts, S, R, room);
    accumulateSums(db, da, count, 4 * size, partBytes, parts, S, R);
  }
}

/** Writes the weight gradients without what pads them; to be called after the sums. */
export function finishBackward(call: Call): void {
  lay(call, 0);
  const line = (4 * HP) << 2;
  for (let d = 0; d < 2; d++) {
    let to = d == 0 ? call.dForward : call.dBackward;
    const db = gradientOf(d);
    const dW = db + line;
    for (let k = 0; k <= I + H; k++) {
      const from = k < I ? dW + k * line : k < I + H ? dW + (IP + k - I) * line : db;
      for (let gate = 0; gate < 4; gate++) {
        memory.copy(to, from + ((gate * HP) << 2), (H << 2) as usize);
        to += (H << 2) as usize;
      }
    }
  }
}
