/**
 * The similarities siml(z, w) of DTC, between latents z [B, S] and centroids w [K, S]: [B, K], differentiable, finite
 * with finite gradients for constant series and for z = w. Source: methods.md section 3.2.
 */
import { add, concat, customGrad, div, matMul, mul, neg, relu, reshape, slice, sqrt, square, sub, sum, tensor1d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

export type SimilarityName = 'eucl' | 'cid' | 'cor' | 'acf';
export type Similarity = (z: Tensor2D, w: Tensor2D) => Tensor2D;

/** Under every root and divisor. */
const EPSILON = 1e-9;
/** CID's factor is cut here: latents of a small range make it noisy. */
const MOST_COMPLEX = 10;

const root = (x: Tensor): Tensor => sqrt(add(x, EPSILON));
/** z [B, S] → [B, 1, S] and w [K, S] → [1, K, S]. */
const across = (z: Tensor2D, w: Tensor2D): [Tensor, Tensor] => [reshape(z, [z.shape[0], 1, z.shape[1]]), reshape(w, [1, ...w.shape])];

/**
 * EUCL² = Σ_t (z_t − w_t)², [B, K].
 *
 *     dEUCL²_ij/dz_i = 2 (z_i − w_j) = −dEUCL²_ij/dw_j
 */
export const squaredEuclidean: Similarity = (z, w) =>
  customGrad((...args) => {
    const [a, b] = across(args[0] as Tensor2D, args[1] as Tensor2D);
    const differences = sub(a, b); // [B, K, S]
    (args[2] as unknown as (tensors: Tensor[]) => void)([differences]);
    return {
      value: sum(square(differences), 2),
      gradFunc: (dy: Tensor, [differences]: Tensor[]) => {
        const slopes = mul(differences, reshape(mul(dy, 2), [...dy.shape, 1]));
        return [sum(slopes, 1), neg(sum(slopes, 0))];
      },
    };
  })(z, w) as Tensor2D;

/** EUCL = √Σ_t (z_t − w_t)². */
const eucl: Similarity = (z, w) => root(squaredEuclidean(z, w)) as Tensor2D;

/** CE(a) = √Σ_t (a_{t+1} − a_t)², [N, 1]. */
function complexity(a: Tensor2D): Tensor2D {
  const [N, S] = a.shape;
  const steps = sub(slice(a, [0, 1], [N, S - 1]), slice(a, [0, 0], [N, S - 1]));
  return root(sum(square(steps), 1, true)) as Tensor2D;
}

/** CID = EUCL · max(CE(z), CE(w)) / min(CE(z), CE(w)), the factor at most 10. */
const cid: Similarity = (z, w) => {
  const [a, b] = [complexity(z), reshape(complexity(w), [1, w.shape[0]])];
  const more = relu(sub(b, a)); // max(a, b) = a + relu(b − a), min(a, b) = b − relu(b − a)
  const factor = div(add(a, more), sub(b, more));
  const cut = sub(MOST_COMPLEX, relu(sub(MOST_COMPLEX, factor)));
  return mul(eucl(z, w), cut);
};

const centred = (a: Tensor2D): Tensor2D => sub(a, div(sum(a, 1, true), a.shape[1]));

/** COR = √(2 (1 − ρ)), ρ Pearson's correlation over time; 0 for a constant. */
const cor: Similarity = (z, w) => {
  const [a, b] = [centred(z), centred(w)];
  const sizes = mul(root(sum(square(a), 1, true)), reshape(root(sum(square(b), 1)), [1, b.shape[0]]));
  const rho = div(matMul(a, b, false, true), sizes);
  return root(mul(relu(sub(1, rho)), 2)) as Tensor2D;
};

/** ρ_l for l = 1..S−1, [N, S − 1]; 0 for a constant. */
function autocorrelations(a: Tensor2D): Tensor2D {
  const [N, S] = a.shape;
  const c = centred(a);
  const variance = add(sum(square(c), 1, true), EPSILON);
  const lags = Array.from({ length: S - 1 }, (_, l) => sum(mul(slice(c, [0, 0], [N, S - 1 - l]), slice(c, [0, l + 1], [N, S - 1 - l])), 1, true));
  return div(concat(lags, 1), variance) as Tensor2D;
}

/** ACF = √Σ_l ω_l (ρ_l(z) − ρ_l(w))², ω_l = 1 − l / (S − 1); the same for all latents of a single step, which have no lag. */
const acf: Similarity = (z, w) => {
  const L = z.shape[1] - 1;
  if (L === 0) return root(matMul(mul(z, 0), w, false, true)) as Tensor2D;
  const omega = tensor1d(Float32Array.from({ length: L }, (_, l) => 1 - (l + 1) / L));
  const [a, b] = across(autocorrelations(z), autocorrelations(w));
  return root(sum(mul(square(sub(a, b)), omega), 2)) as Tensor2D;
};

export const similarities: Record<SimilarityName, Similarity> = { eucl, cid, cor, acf };
