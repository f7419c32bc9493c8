/**
 * The gradients of the tfjs operations that our models use; importing this file registers them. tfjs-core
 * keeps its own in a module that Node cannot import, so a model would train in a browser and not on the command line.
 */
import {
  concat,
  customGrad,
  div,
  fill,
  getGradient,
  matMul,
  mul,
  neg,
  pad,
  registerGradient,
  reshape,
  reverse,
  sigmoid,
  slice,
  slice_util,
  split,
  square,
  step,
  sub,
  sum,
  transpose,
  zerosLike,
  type GradConfig,
  type NamedAttrMap,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';

type Saved = Tensor[];

/** Sums `gradient` over the axes along which a tensor of `shape` was broadcast. */
function unbroadcast(gradient: Tensor, shape: number[]): Tensor {
  const lead = gradient.rank - shape.length;
  const axes = gradient.shape.map((_, axis) => axis).filter((axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1));
  return reshape(axes.length > 0 ? sum(gradient, axes) : gradient, shape);
}

/** Of y = f(x): the gradient for x from that for y. */
function unary(kernelName: string, gradient: (dy: Tensor, x: Tensor, attributes: NamedAttrMap) => Tensor): GradConfig {
  return { kernelName, inputsToSave: ['x'], gradFunc: (dy, [x]: Saved, attributes) => ({ x: () => gradient(dy as Tensor, x, attributes) }) };
}

/** Of y = f(a, b), broadcasting: the gradients for a and b from that for y. */
function binary(kernelName: string, forA: (dy: Tensor, a: Tensor, b: Tensor) => Tensor, forB: typeof forA): GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]: Saved) => ({
      a: () => unbroadcast(forA(dy as Tensor, a, b), a.shape),
      b: () => unbroadcast(forB(dy as Tensor, a, b), b.shape),
    }),
  };
}

/** Axes of a reduction; all of them when none is named. */
function axesOf(x: Tensor, axis: unknown): number[] {
  const axes = axis === null || axis === undefined ? x.shape.map((_, i) => i) : ([axis].flat() as number[]);
  return axes.map((a) => (a < 0 ? a + x.rank : a));
}

/** dy [.., r s, ..] as [.., r, s, ..] summed over every r. */
function untile(dy: Tensor, x: Tensor, repetitions: number[]): Tensor {
  const shape: number[] = [];
  const axes: number[] = [];
  for (const [axis, length] of x.shape.entries()) {
    if (repetitions[axis] > 1) {
      axes.push(shape.length);
      shape.push(repetitions[axis]);
    }
    shape.push(length);
  }
  return reshape(sum(reshape(dy, shape), axes), x.shape);
}

/** Y = A B, A' B, A B' or A' B' over the last two axes. */
function matrixProduct(dy: Tensor, [a, b]: Saved, { transposeA, transposeB }: NamedAttrMap): Record<string, () => Tensor> {
  return {
    a: () => (transposeA ? matMul(b, dy, Boolean(transposeB), true) : matMul(dy, b, false, !transposeB)),
    b: () => (transposeB ? matMul(dy, a, true, Boolean(transposeA)) : matMul(a, dy, !transposeA, false)),
  };
}

const gradients: GradConfig[] = [
  unary('Neg', (dy) => neg(dy)),
  unary('Square', (dy, x) => mul(dy, mul(x, 2))),
  {
    kernelName: 'Sqrt',
    outputsToSave: [true],
    gradFunc: (dy, [y]: Saved) => ({ x: () => div(dy as Tensor, mul(y, 2)) }),
  },
  unary('Log', (dy, x) => div(dy, x)),
  { kernelName: 'Exp', outputsToSave: [true], gradFunc: (dy, [y]: Saved) => ({ x: () => mul(dy as Tensor, y) }) },
  {
    // the greatest elements share the gradient
    kernelName: 'Max',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y]: Saved, attributes) => {
      const axes = axesOf(x, (attributes as NamedAttrMap).reductionIndices);
      const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
      const chosen = sub(1, step(sub(reshape(y, kept), x))); // 1 where x is the greatest; no bool, whose cast tfjs's webgpu backend leaves undone
      return { x: () => mul(chosen, div(reshape(dy as Tensor, kept), sum(chosen, axes, true))) };
    },
  },
  unary('Softplus', (dy, x) => mul(dy, sigmoid(x))),
  unary('Identity', (dy) => mul(dy, 1)),
  unary('Cast', (dy) => mul(dy, 1)),
  unary('Reshape', (dy, x) => reshape(dy, x.shape)),
  { kernelName: 'ExpandDims', inputsToSave: ['input'], gradFunc: (dy, [input]: Saved) => ({ input: () => reshape(dy as Tensor, input.shape) }) },
  unary('Relu', (dy, x) => mul(dy, step(x))),
  unary('LeakyRelu', (dy, x, { alpha }) => mul(dy, step(x, alpha as number))),
  unary('Step', (_, x) => zerosLike(x)),
  unary('PadV2', (dy, x, { paddings }) => slice(dy, (paddings as [number, number][]).map(([before]) => before), x.shape)),
  unary('Reverse', (dy, x, { dims }) => reverse(dy, axesOf(x, dims))),
  unary('Tile', (dy, x, { reps }) => untile(dy, x, reps as number[])),
  unary('Transpose', (dy, _, { perm }) => transpose(dy, (perm as number[]).map((_, axis) => (perm as number[]).indexOf(axis)))),
  unary('Sum', (dy, x, { axis }) => {
    const axes = axesOf(x, axis);
    const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
    return mul(reshape(dy, kept), fill(x.shape, 1)); // tfjs's wasm backend broadcasts many times faster than it tiles
  }),
  unary('Slice', (dy, x, { begin, size }) => {
    const [from, count] = slice_util.parseSliceParams(x, begin as number[], size as number[]);
    return pad(dy, x.shape.map((length, axis): [number, number] => [from[axis], length - from[axis] - count[axis]]));
  }),
  binary('Add', (dy) => dy, (dy) => dy),
  binary('Sub', (dy) => dy, (dy) => neg(dy)),
  binary('Multiply', (dy, _, b) => mul(dy, b), (dy, a) => mul(dy, a)),
  binary('RealDiv', (dy, _, b) => div(dy, b), (dy, a, b) => neg(div(mul(dy, a), square(b)))),
  { kernelName: 'BatchMatMul', inputsToSave: ['a', 'b'], gradFunc: (dy, saved, attributes) => matrixProduct(dy as Tensor, saved, attributes) },
  {
    kernelName: 'SplitV',
    gradFunc: (dys, _, { axis }) => ({ x: () => concat([dys].flat(), axis as number) }),
  },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved: Saved, { axis }) => {
      const along = axesOf(saved[0], axis)[0];
      const parts = split(dy as Tensor, saved.map((part) => part.shape[along]), along);
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  },
];

for (const gradient of gradients) {
  if (!getGradient(gradient.kernelName)) registerGradient(gradient);
}

/**
 * A scalar function of x whose gradient is made by hand, with its value: what a loss is made of leaves nothing on the tape.
 *
 * @param of gives L and dL/dx
 */
export function withSlope(x: Tensor, of: (x: Tensor) => { value: Scalar; slope: Tensor }): Scalar {
  return customGrad((...args) => {
    const { value, slope } = of(args[0] as Tensor);
    (args[1] as unknown as (tensors: Tensor[]) => void)([slope]);
    return { value, gradFunc: (dy: Tensor, [slope]: Saved) => mul(slope, dy) };
  })(x) as Scalar;
}
