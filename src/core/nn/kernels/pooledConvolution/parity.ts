/** One body of tests over every backend: values and gradient beside plain loops in float64. */
import { dispose, grads, mul, sum, tensor, tidy, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';

export interface PoolingCase {
  name: string;
  B: number;
  T: number;
  D: number;
  O: number;
  taps: number;
  before: number;
  P: number;
}

export const poolingCases: PoolingCase[] = [
  { name: 'the sizes of DTC', B: 3, T: 40, D: 1, O: 50, taps: 10, before: 4, P: 8 },
  { name: 'several variables, a pool that is no multiple of the tile', B: 2, T: 21, D: 3, O: 9, taps: 10, before: 4, P: 7 },
  { name: 'a pool below the tile', B: 2, T: 9, D: 2, O: 8, taps: 5, before: 2, P: 3 },
  { name: 'no pooling', B: 1, T: 6, D: 1, O: 3, taps: 4, before: 0, P: 1 },
  { name: 'more taps than steps', B: 2, T: 4, D: 1, O: 5, taps: 9, before: 8, P: 4 },
];

const valuesOf = ({ B, T, D, O, taps, P }: PoolingCase): Record<'x' | 'kernel' | 'pull', Float32Array> => {
  const random = new Random(T);
  const normal = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  return { x: normal(B * T * D), kernel: normal(taps * D * O), pull: normal((B * T * O) / P) };
};

/** Loop by loop in float64: the pooled values, and the gradient of Σ pull · pooled for the kernel. */
function plain(one: PoolingCase): { pooled: Float64Array; dKernel: Float64Array } {
  const { B, T, D, O, taps, before, P } = one;
  const { x, kernel, pull } = valuesOf(one);
  const pooled = new Float64Array((B * T * O) / P);
  const dKernel = new Float64Array(kernel.length);
  const seen = (b: number, t: number, d: number): number => (t >= 0 && t < T ? x[(b * T + t) * D + d] : 0);
  for (let cell = 0; cell < pooled.length; cell++) {
    const [b, s, o] = [Math.floor(cell / ((T / P) * O)), Math.floor(cell / O) % (T / P), cell % O];
    let [most, at] = [Number.NEGATIVE_INFINITY, 0];
    for (let t = s * P; t < (s + 1) * P; t++) {
      let y = 0;
      for (let k = 0; k < taps; k++) for (let d = 0; d < D; d++) y += seen(b, t + k - before, d) * kernel[(k * D + d) * O + o];
      if (y > most) [most, at] = [y, t];
    }
    pooled[cell] = most;
    for (let k = 0; k < taps; k++) for (let d = 0; d < D; d++) dKernel[(k * D + d) * O + o] += pull[cell] * seen(b, at + k - before, d);
  }
  return { pooled, dKernel };
}

const worst = (found: ArrayLike<number>, wanted: Float64Array): number => wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), Number(found.length !== wanted.length));

/** What `pooledConvolution` makes otherwise than plain loops, on tfjs's current backend; empty when nothing. */
export async function poolingFaults(one: PoolingCase, pooledConvolution: (x: Tensor3D, kernel: Tensor2D, before: number, pooling: number) => Tensor3D): Promise<string[]> {
  const { B, T, D, O, before, P } = one;
  const { x, kernel, pull } = valuesOf(one);
  const [pooled, dKernel] = tidy(() => {
    const series = tensor(x, [B, T, D]) as Tensor3D;
    const weights = tensor(kernel, [kernel.length / O, O]) as Tensor2D;
    const run = (weights: Tensor): Tensor => pooledConvolution(series, weights as Tensor2D, before, P);
    return [run(weights), ...grads((weights: Tensor) => sum(mul(run(weights), tensor(pull, [B, T / P, O]))))([weights])];
  });
  const wanted = plain(one);
  const errors = { pooled: worst(await pooled.data(), wanted.pooled) / 1e-5, dKernel: worst(await dKernel.data(), wanted.dKernel) / 1e-4 };
  dispose([pooled, dKernel]);
  return Object.entries(errors).flatMap(([name, error]) => (error < 1 ? [] : [`${name}: ${error} times what is allowed`]));
}
