/** What is left of a unit vector after projection counts as nothing below this. */
const NOTHING = 1e-8;

/**
 * Makes the columns of `f` [N, K] orthonormal in place, by modified Gram–Schmidt, twice over. A column that is zero
 * or depends on those before it is replaced by a unit vector made orthogonal to them, so that F'F = I always.
 * K may not exceed N.
 */
export function orthonormalise(f: Float64Array, n: number, k: number): void {
  let spare = 0;
  for (let c = 0; c < k; c++) {
    let left = normalise(f, n, k, c) > 0 ? remainder(f, n, k, c) : 0;
    while (left < NOTHING) {
      for (let i = 0; i < n; i++) f[i * k + c] = i === spare ? 1 : 0;
      spare++;
      left = remainder(f, n, k, c);
    }
  }
}

/** Takes the columns before c out of column c, twice; then normalises it. @returns the length left after the first pass */
function remainder(f: Float64Array, n: number, k: number, c: number): number {
  project(f, n, k, c);
  const left = normalise(f, n, k, c);
  if (left >= NOTHING) {
    project(f, n, k, c);
    normalise(f, n, k, c);
  }
  return left;
}

function project(f: Float64Array, n: number, k: number, c: number): void {
  for (let b = 0; b < c; b++) {
    let dot = 0;
    for (let i = 0; i < n; i++) dot += f[i * k + b] * f[i * k + c];
    for (let i = 0; i < n; i++) f[i * k + c] -= dot * f[i * k + b];
  }
}

function normalise(f: Float64Array, n: number, k: number, c: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f[i * k + c] ** 2;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < n; i++) f[i * k + c] /= length;
  return length;
}
