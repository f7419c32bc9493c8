import { mul, neg, relu, sub, type Tensor } from '@tensorflow/tfjs-core';

/** x where x > 0, else slope x. */
export function leakyRelu<A extends Tensor>(x: A, slope: number): A {
  return sub(relu(x), mul(relu(neg(x)), slope));
}
