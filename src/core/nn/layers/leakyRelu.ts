import { leakyRelu as operation, type Tensor } from '@tensorflow/tfjs-core';

/** x where x > 0, else slope x. */
export function leakyRelu<A extends Tensor>(x: A, slope: number): A {
  return operation(x, slope);
}
