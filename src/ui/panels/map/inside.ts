/**
 * The points of `map` [N, 2] inside a closed outline, by the even-odd rule; `counted(i)` says which points may be hit.
 */
export function inside(map: Float32Array, x: readonly number[], y: readonly number[], counted: (i: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i * 2 < map.length; i++) {
    const [px, py] = [map[2 * i], map[2 * i + 1]];
    let odd = false;
    for (let a = 0, b = x.length - 1; a < x.length; b = a++) {
      if (y[a] > py !== y[b] > py && px < ((x[b] - x[a]) * (py - y[a])) / (y[b] - y[a]) + x[a]) odd = !odd;
    }
    if (odd && counted(i)) found.push(i);
  }
  return found;
}
