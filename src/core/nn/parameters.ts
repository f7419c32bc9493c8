/**
 * One flat vector for all the weights of one optimiser, with named blocks. One vector means one Adam update,
 * one norm, one read-back and one checkpoint, however many layers a model has.
 */
import { reshape, slice, split, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { Random } from '../lib/random';

export interface Block {
  shape: readonly number[];
  /** Fills a fresh block with start values. */
  initialise(values: Float32Array, random: Random): void;
  /** Sets 1 where a kernel lies, for weight decay; without it, all of a block but a single row counts as kernel. */
  markKernels?(marks: Float32Array): void;
}

/** The blocks of a vector by name, each of its shape. */
export type Weights<Name extends string = string> = Record<Name, Tensor>;

export interface Layout<Name extends string> {
  size: number;
  /** Start values; each block draws from a stream of its own. */
  initialise(random: Random): Float32Array;
  /** The block as a tensor of its shape; gradients flow back into the vector. */
  take(parameters: Tensor1D, name: Name): Tensor;
  /** All blocks, cut in one operation; gradients flow back into the vector. */
  cut(parameters: Tensor1D): Weights<Name>;
  /** 1 where a kernel lies, 0 where a bias does: [size]. */
  kernels(): Float32Array;
  /** The block whose range holds element `index`. */
  nameAt(index: number): Name;
}

export function layout<Name extends string>(blocks: Record<Name, Block>): Layout<Name> {
  const names = Object.keys(blocks) as Name[];
  const at = new Map<Name, { start: number; size: number }>();
  let size = 0;
  for (const name of names) {
    const count = blocks[name].shape.reduce((product, length) => product * length, 1);
    at.set(name, { start: size, size: count });
    size += count;
  }
  const place = (name: Name): { start: number; size: number } => at.get(name)!;
  return {
    size,
    initialise(random) {
      const values = new Float32Array(size);
      for (const [i, name] of names.entries()) {
        const { start, size: count } = place(name);
        blocks[name].initialise(values.subarray(start, start + count), random.fork(i));
      }
      return values;
    },
    take(parameters, name) {
      const { start, size: count } = place(name);
      return reshape(slice(parameters, start, count), [...blocks[name].shape]);
    },
    cut(parameters) {
      const parts = split(parameters, names.map((name) => place(name).size));
      const shaped = (part: Tensor, { shape }: Block): Tensor => (shape.length === 1 ? part : reshape(part, [...shape]));
      return Object.fromEntries(names.map((name, i) => [name, shaped(parts[i], blocks[name])])) as Weights<Name>;
    },
    kernels() {
      const marks = new Float32Array(size);
      for (const name of names) {
        const { start, size: count } = place(name);
        const part = marks.subarray(start, start + count);
        const block = blocks[name];
        if (block.markKernels) block.markKernels(part);
        else if (block.shape[0] > 1) part.fill(1);
      }
      return marks;
    },
    nameAt(index) {
      return names.find((name) => index < place(name).start + place(name).size) ?? names[names.length - 1];
    },
  };
}

/** Uniform in ± sqrt(6 / (fanIn + fanOut)). Source: Glorot and Bengio (2010). */
export function glorotUniform(values: Float32Array, random: Random, fanIn: number, fanOut: number): void {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.uniform() - 1);
}

export function zeros(...shape: number[]): Block {
  return { shape, initialise: () => undefined };
}

/** A dense kernel [inputs, outputs]. */
export function dense(inputs: number, outputs: number): Block {
  return { shape: [inputs, outputs], initialise: (values, random) => glorotUniform(values, random, inputs, outputs) };
}
