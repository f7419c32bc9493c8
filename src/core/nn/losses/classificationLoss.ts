import { div, mul, slice, softplus, sub, sum, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * How badly the classifier tells real series from fakes: mean cross-entropy over two classes.
 *
 *     L_cls = -1/(2N) Σ log softmax(a)[y]  =  1/(2N) Σ softplus(a_other - a_y)
 *
 * @param logits a, [2N, 2], columns "fake" and "real"
 * @param signs [2N, 1]; 1 for a real series, -1 for a fake
 * Source: methods.md section 4.2; Ma et al. (2019), eq. 8.
 */
export function classificationLoss(logits: Tensor2D, signs: Tensor2D): Scalar {
  const rows = logits.shape[0];
  const difference = sub(slice(logits, [0, 0], [rows, 1]), slice(logits, [0, 1], [rows, 1])); // a_fake - a_real
  return div(sum(softplus(mul(signs, difference))), rows) as Scalar;
}
