/** Pairs up to which the distribution is counted out instead of taken as normal. */
const EXACT = 25;

export interface Wilcoxon {
  wins: number;
  losses: number;
  ties: number;
  /** Two-sided p-value; 1 when no pair differs. */
  p: number;
}

/**
 * Wilcoxon signed-rank test of paired values; pairs without a difference are left out. Exact up to 25 pairs without
 * ties, else the normal approximation with the correction for ties.
 * Source: Wilcoxon (1945), Individual comparisons by ranking methods.
 */
export function wilcoxon(a: readonly number[], b: readonly number[]): Wilcoxon {
  const differences = a.map((value, i) => value - b[i]);
  const left = differences.filter((d) => d !== 0).sort((x, y) => Math.abs(x) - Math.abs(y));
  const wins = left.filter((d) => d > 0).length;
  const n = left.length;
  const result = { wins, losses: n - wins, ties: differences.length - n };
  if (n === 0) return { ...result, p: 1 };

  let plus = 0;
  let tied = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && Math.abs(left[to]) === Math.abs(left[from])) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (left[i] > 0) plus += rank;
    tied += (to - from) ** 3 - (to - from);
    from = to;
  }
  const least = Math.min(plus, (n * (n + 1)) / 2 - plus);
  return { ...result, p: n <= EXACT && tied === 0 ? exact(n, least) : normal(n, least, tied) };
}

/** 2 P(W ≤ w), where each rank from 1 to n counts with probability 1/2. */
function exact(n: number, w: number): number {
  const most = (n * (n + 1)) / 2;
  let ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) ways = ways.map((count, sum) => count + (sum >= rank ? ways[sum - rank] : 0));
  let below = 0;
  for (let sum = 0; sum <= w; sum++) below += ways[sum];
  return Math.min(1, (2 * below) / 2 ** n);
}

function normal(n: number, w: number, tied: number): number {
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1) - tied / 2) / 24);
  return deviation === 0 ? 1 : Math.min(1, 2 * gaussianTail(((n * (n + 1)) / 4 - w) / deviation));
}

/** P(Z > z) for z ≥ 0, error below 1.5e-7. Source: Abramowitz and Stegun (1964), 7.1.26. */
function gaussianTail(z: number): number {
  const t = 1 / (1 + (0.3275911 * z) / Math.SQRT2);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * series * Math.exp((-z * z) / 2);
}
