import type { MethodSpec, QualityArguments } from './arguments';

export interface ManifestEntry {
  name: string;
  file: string;
  N: number;
  T: number;
  D: number;
  splits: Record<string, number>;
  variable_length: boolean;
  missing_rate: number;
}

export interface PlannedRun {
  /** Tells one run from every other. */
  key: string;
  set: string;
  file: string;
  method: MethodSpec;
  gap: number;
  seed: number;
  /** N · T · D, by which the time left is reckoned. */
  cells: number;
}

/** All runs that are asked for: one seed of everything after the other, so that what is cut off is a whole table with fewer seeds; sets from the smallest to the largest. */
export function planOf(manifest: readonly ManifestEntry[], args: QualityArguments): PlannedRun[] {
  const chosen = manifest
    .filter(({ name, N, T }) => (args.sets ? args.sets.includes(name) : N <= args.maxN && T <= args.maxT))
    .filter((entry) => !args.complete || (entry.missing_rate === 0 && !entry.variable_length))
    .filter(({ splits }) => args.protocol === 'pooled' || ((splits.test ?? 0) > 0 && (splits.train ?? 0) > 0))
    .sort((a, b) => a.N * a.T * a.D - b.N * b.T * b.D);
  const runs: PlannedRun[] = [];
  for (let seed = 1; seed <= args.seeds; seed++) {
    for (const { name, file, N, T, D } of chosen) {
      for (const gap of args.gaps) {
        for (const method of args.methods) {
          const key = [name, method.name, gap, args.mechanism, seed, args.protocol, args.standardise, args.epochs ?? 'auto'].join('|');
          runs.push({ key, set: name, file, method, gap, seed, cells: N * T * D });
        }
      }
    }
  }
  return runs;
}
