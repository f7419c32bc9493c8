import type { SeriesSet } from '../../../core/series/SeriesSet';

/** What the points are coloured by. */
export interface Groups {
  by: 'cluster' | 'label';
  /** [N]; -1 for none. */
  codes: Int32Array;
  /** Number of groups, empty ones too. */
  count: number;
  /** Names of labels as the file has them; null for clusters, which have numbers. */
  names: readonly string[] | null;
}

/** The groups of the series: labels when wanted and there, else clusters; all -1 before the first epoch. */
export function groupsOf(set: SeriesSet, by: 'cluster' | 'label', assignments: Int32Array | null, clusters: number): Groups {
  if (by === 'label' && set.labels !== null) return { by, codes: set.labels.codes, count: set.labels.names.length, names: set.labels.names };
  return { by: 'cluster', codes: assignments ?? new Int32Array(set.n).fill(-1), count: clusters, names: null };
}

/** Number of series in each group, those of none first. */
export function groupSizes({ codes, count }: Pick<Groups, 'codes' | 'count'>): Uint32Array {
  const sizes = new Uint32Array(count + 1);
  for (const code of codes) sizes[code + 1]++;
  return sizes;
}

const flagsOf = new WeakMap<readonly number[], Uint8Array>();

/** [N], 1 = selected; null when nothing is. The same array for the same selection. */
export function selectedFlags(n: number, series: readonly number[]): Uint8Array | null {
  if (series.length === 0) return null;
  let flags = flagsOf.get(series);
  if (flags === undefined || flags.length !== n) {
    flags = new Uint8Array(n);
    for (const i of series) flags[i] = 1;
    flagsOf.set(series, flags);
  }
  return flags;
}
