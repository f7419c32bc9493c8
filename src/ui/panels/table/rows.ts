import type { SeriesSet } from '../../../core/series/SeriesSet';

export type Column = 'id' | 'cluster' | 'confidence' | 'label' | 'missing';

export interface Sort {
  column: Column;
  descending: boolean;
}

export interface TableView {
  set: SeriesSet;
  assignments: Int32Array | null;
  confidence: Float32Array | null;
  sort: Sort | null;
  /** Part of an id or a label, in any case. */
  filter: string;
  /** [N] when only these are wanted. */
  only: Uint8Array | null;
}

/** The series to list, in order; without a sort as in the file, ties as in the file too. */
export function tableRows({ set, assignments, confidence, sort, filter, only }: TableView): number[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const label = (i: number): string => set.labels?.names[set.labels.codes[i]] ?? '';
  const rows: number[] = [];
  for (let i = 0; i < set.n; i++) {
    if (only !== null && only[i] === 0) continue;
    if (wanted !== '' && !set.ids[i].toLocaleLowerCase().includes(wanted) && !label(i).toLocaleLowerCase().includes(wanted)) continue;
    rows.push(i);
  }
  const keys = sort === null ? null : sortKeys(sort.column, set, assignments, confidence);
  if (sort === null || keys === null) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
}

function sortKeys(column: Column, set: SeriesSet, assignments: Int32Array | null, confidence: Float32Array | null): ArrayLike<number> | null {
  switch (column) {
    case 'id':
      return idRanks(set);
    case 'cluster':
      return assignments;
    case 'confidence':
      return confidence;
    case 'label':
      return labelRanks(set);
    case 'missing':
      return missingShares(set);
  }
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Ranks of texts in the order that people expect: s2 before s10. */
function ranks(texts: readonly string[]): Uint32Array {
  const order = Array.from(texts.keys()).sort((a, b) => collator.compare(texts[a], texts[b]));
  const rank = new Uint32Array(texts.length);
  order.forEach((i, place) => {
    rank[i] = place;
  });
  return rank;
}

const idRanks = once((set: SeriesSet) => ranks(set.ids));

const labelRanks = once((set: SeriesSet): ArrayLike<number> | null => {
  if (set.labels === null) return null;
  const byName = ranks(set.labels.names);
  return Int32Array.from(set.labels.codes, (code) => (code < 0 ? -1 : byName[code]));
});

/** [N] share of the cells within each series that are missing. */
export const missingShares = once((set: SeriesSet): Float32Array => {
  const shares = new Float32Array(set.n);
  for (let i = 0; i < set.n; i++) {
    const [from, to] = [(i * set.t + set.starts[i]) * set.d, (i * set.t + set.ends[i]) * set.d];
    let observed = 0;
    for (let at = from; at < to; at++) observed += set.mask[at];
    shares[i] = to > from ? 1 - observed / (to - from) : 1;
  }
  return shares;
});

/** Works something out once for each set. */
function once<T>(work: (set: SeriesSet) => T): (set: SeriesSet) => T {
  const known = new WeakMap<SeriesSet, T>();
  return (set) => {
    if (!known.has(set)) known.set(set, work(set));
    return known.get(set) as T;
  };
}

/** The rows between two places, both ends included, whichever comes first. */
export function between(rows: readonly number[], a: number, b: number): number[] {
  return rows.slice(Math.min(a, b), Math.max(a, b) + 1);
}
