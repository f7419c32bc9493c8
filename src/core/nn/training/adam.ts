import { add, concat1d, div, engine, getBackend, getKernel, keep, maximum, mul, sqrt, square, sub, sum, tensor1d, tidy, zeros, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { ADAM_STEP, type AdamStep } from '../kernels/adamStep';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** θ, m and v, each [P]. */
export interface AdamState {
  parameters: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/** Copies of the parts of {@link Adam.packed}. */
export function stateOf(packed: Float32Array): AdamState {
  const P = packed.length / 3;
  return { parameters: packed.slice(0, P), m: packed.slice(P, 2 * P), v: packed.slice(2 * P) };
}

/**
 * Adam with global-norm clipping on one parameter vector, as one kernel where the backend has it.
 *
 *     g ← g min(1, c / ‖g‖);  m ← β₁ m + (1 - β₁) g;  v ← β₂ v + (1 - β₂) g²
 *     θ ← θ - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
 *
 * Source: Kingma and Ba (2015), algorithm 1; Pascanu et al. (2013) for the clipping.
 */
export class Adam {
  parameters: Tensor1D;
  #m: Tensor1D;
  #v: Tensor1D;
  #t: number;

  constructor(parameters: Float32Array, m?: Float32Array, v?: Float32Array, t = 0) {
    this.parameters = keep(tensor1d(parameters));
    this.#m = keep(m ? tensor1d(m) : (zeros([parameters.length]) as Tensor1D));
    this.#v = keep(v ? tensor1d(v) : (zeros([parameters.length]) as Tensor1D));
    this.#t = t;
  }

  /** Number of updates so far. */
  get updates(): number {
    return this.#t;
  }

  /** One update. @returns the norm of the gradient before clipping (the caller owns it). */
  update(gradient: Tensor1D, learningRate: number, clipNorm: number): Scalar {
    this.#t += 1;
    const rate = (learningRate * Math.sqrt(1 - BETA2 ** this.#t)) / (1 - BETA1 ** this.#t);
    const epsilon = EPSILON * Math.sqrt(1 - BETA2 ** this.#t);
    if (getKernel(ADAM_STEP, getBackend())) {
      const attributes: AdamStep = { clip: clipNorm, rate, epsilon, beta1: BETA1, beta2: BETA2 };
      return engine().runKernel(ADAM_STEP, { parameters: this.parameters, m: this.#m, v: this.#v, gradient }, attributes as unknown as Record<string, never>) as Scalar;
    }
    const [parameters, m, v, norm] = tidy(() => {
      const norm = sqrt(sum(square(gradient)));
      const g = mul(gradient, div(clipNorm, maximum(norm, clipNorm)));
      const m = add(mul(this.#m, BETA1), mul(g, 1 - BETA1));
      const v = add(mul(this.#v, BETA2), mul(square(g), 1 - BETA2));
      return [sub(this.parameters, mul(div(m, add(sqrt(v), epsilon)), rate)), m, v, norm];
    });
    this.dispose();
    this.parameters = keep(parameters as Tensor1D);
    this.#m = keep(m as Tensor1D);
    this.#v = keep(v as Tensor1D);
    return norm as Scalar;
  }

  /** θ, m and v, [3P]; the caller owns it. */
  packed(): Tensor1D {
    return concat1d([this.parameters, this.#m, this.#v]);
  }

  /** Count of the values of {@link packed}. */
  get size(): number {
    return 3 * this.parameters.size;
  }

  /** θ, m and v on the CPU side, as copies. */
  async read(): Promise<AdamState> {
    const packed = this.packed();
    const values = (await packed.data()) as Float32Array;
    packed.dispose();
    return stateOf(values);
  }

  dispose(): void {
    this.parameters.dispose();
    this.#m.dispose();
    this.#v.dispose();
  }
}
