import { fourier, powerOfTwo } from '../../../distances/fourier';

/** A square of complex numbers, row by row: rows of `size` numbers. */
export interface Plane {
  re: Float64Array;
  im: Float64Array;
}

export interface Convolver {
  /** Numbers a side. */
  readonly size: number;
  plane(): Plane;
  /** Forward transform in two dimensions; the rows from `rows` on are 0 before. The result is transposed. */
  forward(plane: Plane, rows: number): void;
  /** Inverse transform of a transposed spectrum; only the first `rows` rows of the result are made. */
  inverse(plane: Plane, rows: number): void;
}

/** Fourier transforms of squares with room for a convolution of `nodes` × `nodes` numbers without wrapping round. */
export function convolver(nodes: number): Convolver {
  const size = powerOfTwo(2 * nodes);
  const transform = ({ re, im }: Plane, from: number, to: number): void => {
    for (let row = from; row < to; row++) fourier(re.subarray(row * size, (row + 1) * size), im.subarray(row * size, (row + 1) * size));
  };
  return {
    size,
    plane: () => ({ re: new Float64Array(size * size), im: new Float64Array(size * size) }),
    forward(plane, rows) {
      transform(plane, 0, rows);
      transpose(plane.re, size);
      transpose(plane.im, size);
      transform(plane, 0, size);
    },
    inverse(plane, rows) {
      // e^{+iωt} is e^{−iωt} with re and im exchanged
      const swapped = { re: plane.im, im: plane.re };
      transform(swapped, 0, size);
      transpose(plane.re, size);
      transpose(plane.im, size);
      transform(swapped, 0, rows);
    },
  };
}

const BLOCK = 16;

function transpose(a: Float64Array, size: number): void {
  for (let top = 0; top < size; top += BLOCK) {
    for (let left = top; left < size; left += BLOCK) {
      for (let i = top; i < Math.min(size, top + BLOCK); i++) {
        for (let j = Math.max(left, i + 1); j < Math.min(size, left + BLOCK); j++) {
          const value = a[i * size + j];
          a[i * size + j] = a[j * size + i];
          a[j * size + i] = value;
        }
      }
    }
  }
}
