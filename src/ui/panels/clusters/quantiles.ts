/** Quantiles `shares`, ascending, of the first `count` numbers of `values`, interpolated linearly. Changes their order. */
export function quantiles(values: Float32Array, count: number, shares: readonly number[]): number[] {
  let from = 0;
  return shares.map((share) => {
    if (count === 0) return Number.NaN;
    const at = share * (count - 1);
    const below = Math.floor(at);
    select(values, below, from, count - 1);
    from = below;
    if (at === below) return values[below];
    return values[below] + (at - below) * (least(values, below + 1, count) - values[below]);
  });
}

function least(values: Float32Array, from: number, to: number): number {
  let low = values[from];
  for (let i = from + 1; i < to; i++) if (values[i] < low) low = values[i];
  return low;
}

/** Brings the number of rank `k` to its place: none before it is larger, none after it smaller. Hoare (1961), Algorithm 65: Find. */
function select(values: Float32Array, k: number, from: number, to: number): void {
  let [low, high] = [from, to];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}
