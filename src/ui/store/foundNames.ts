import type { AppState } from './state';

/** Names that clusters had in a run.json, and the clustering they were given in. */
export interface NamesToFind {
  from: string;
  data: { name: string; bytes: number };
  names: Readonly<Record<number, string>>;
  /** [N]; cluster of each series. */
  assignments: Int32Array;
  epoch: number;
}

/** Letters of a cluster's name at most. */
export const LONGEST_NAME = 40;

/** The names in a run.json; null where clusters had none, or where it does not say which series were in them. */
export function namesIn(from: string, data: NamesToFind['data'], { clusterNames, namedClustering, epoch }: { clusterNames?: unknown; namedClustering?: unknown; epoch?: unknown }): NamesToFind | null {
  if (typeof namedClustering !== 'string' || !/^\d{1,6}( \d{1,6})*$/.test(namedClustering)) return null;
  const names = Object.fromEntries(Object.entries(typeof clusterNames === 'object' && clusterNames !== null ? clusterNames : {}).filter(([cluster, name]) => /^\d{1,6}$/.test(cluster) && typeof name === 'string' && name.trim() !== '').map(([cluster, name]) => [cluster, String(name).slice(0, LONGEST_NAME)]));
  return Object.keys(names).length === 0 ? null : { from, data, names, assignments: Int32Array.from(namedClustering.split(' '), Number), epoch: typeof epoch === 'number' ? epoch : 0 };
}

/**
 * The names by the numbers that their clusters have now. A cluster is the one that was named when the two share more
 * than half of the series that are in either (Jaccard index > 1/2), which no second cluster can.
 */
export function foundNames({ names, assignments: then }: NamesToFind, now: Int32Array): Record<number, string> {
  const found: Record<number, string> = {};
  for (const [cluster, name] of Object.entries(names)) {
    for (const other of new Set(now.filter((_, i) => then[i] === Number(cluster)))) {
      let [both, either] = [0, 0];
      for (let i = 0; i < now.length; i++) {
        both += Number(then[i] === Number(cluster) && now[i] === other);
        either += Number(then[i] === Number(cluster) || now[i] === other);
      }
      if (2 * both > either) found[other] = name;
    }
  }
  return found;
}

/** True when the names are for the data that are open. */
export function namesFit({ data, assignments }: NamesToFind, { name, set, report }: AppState['dataset']): boolean {
  return set !== null && name === data.name && report?.bytes === data.bytes && set.n === assignments.length;
}

/** Gives the names back once a run rests: in a pause when all are found, at its end those that are; and says which are not. */
export function withFoundNames(state: AppState): AppState {
  const { namesToFind: wanted, run, dataset } = state;
  const over = run.status === 'done' || run.status === 'stopped';
  const shot = run.history.at(-1)?.shot;
  if (wanted === null || !shot || !namesFit(wanted, dataset) || !(over || (run.status === 'paused' && run.epoch >= wanted.epoch))) return state;
  const found = foundNames(wanted, shot.assignments);
  const lost = Object.values(wanted.names).filter((name) => !Object.values(found).includes(name));
  if (lost.length > 0 && !over) return state;
  const notice = { kind: 'namesFound', from: wanted.from, found: Object.values(found), lost } as const;
  return {
    ...state,
    namesToFind: lost.length > 0 ? wanted : null,
    run: { ...run, clusterNames: { ...found, ...run.clusterNames }, notices: [...run.notices.filter(({ kind }) => kind !== 'namesFound'), notice] },
  };
}
