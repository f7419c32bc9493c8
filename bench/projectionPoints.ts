/** The points of the `projection` bench, for Node and for the page. */
import { matrix, type Matrix } from '../src/core/lib/matrix';
import { Random } from '../src/core/lib/random';

export const WIDTH = 50;

/** Ten groups in 50 dimensions. */
export function latents(n: number): Matrix {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 10 * WIDTH }, () => 1.5 * random.normal());
  return matrix(n, WIDTH, Float64Array.from({ length: n * WIDTH }, (_, at) => centres[(Math.floor(at / WIDTH) % 10) * WIDTH + (at % WIDTH)] + random.normal()));
}

/** The same as an array of rows. */
export function rowsOf({ rows, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * WIDTH, (i + 1) * WIDTH)));
}
