/** One small curve: observed runs of points, and the gaps between them. */
export interface Sparkline {
  /** SVG path of the observed runs. */
  observed: string;
  /** SVG path of the stretches over the gaps. */
  gaps: string;
}

/**
 * Two SVG paths for `values` (null where missing), scaled into `width` × `height` with a margin of 2.
 * A gap at either end has no stretch, as nothing bounds it.
 */
export function sparkline(values: readonly (number | null)[], width: number, height: number, range?: readonly [number, number]): Sparkline {
  const known = values.filter((value) => value !== null);
  const [low, high] = range ?? [Math.min(...known), Math.max(...known)];
  const x = (t: number): number => 2 + (t / Math.max(1, values.length - 1)) * (width - 4);
  const y = (value: number): number => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  const point = (t: number): string => `${x(t).toFixed(1)} ${y(values[t] ?? low).toFixed(1)}`;
  let observed = '';
  let gaps = '';
  let last = -1;
  values.forEach((value, t) => {
    if (value === null) return;
    const joins = last === t - 1 && last >= 0;
    observed += `${joins ? 'L' : 'M'}${point(t)}`;
    if (!joins && last >= 0) gaps += `M${point(last)}L${point(t)}`;
    last = t;
  });
  return { observed, gaps };
}
