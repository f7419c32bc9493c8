import type { RunSpec } from '../../core/run';
import type { ImportPlan } from '../../core/series/reading/plan';
import { namesIn, type NamesToFind } from './foundNames';
import { knownSpec } from './persistExperiment';

/** What a run.json asks for: the settings of its run, and the file and the reading they belong to. */
export interface RunToRepeat {
  /** Name of the run.json. */
  from: string;
  spec: RunSpec;
  data: { name: string; bytes: number };
  plan: Partial<ImportPlan> | null;
  /** Weights were changed while it ran; a run repeated from its start does not follow them by itself. */
  weightsChanged: boolean;
  names: NamesToFind | null;
}

/** Reads a run.json, as far as this version knows its settings; null for any other text. */
export function readRunFile(from: string, text: string, initial: RunSpec): RunToRepeat | null {
  let read: { application?: unknown; spec?: unknown; file?: { name?: unknown; bytes?: unknown }; import?: unknown; optionChanges?: unknown; clusterNames?: unknown; namedClustering?: unknown; epoch?: unknown };
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (read?.application !== 'Lacuna') return null;
  const spec = knownSpec(read.spec, initial);
  if (spec === null) return null;
  const { name, bytes } = read.file ?? {};
  const data = { name: typeof name === 'string' ? name : '', bytes: typeof bytes === 'number' ? bytes : 0 };
  return {
    from,
    spec,
    data,
    plan: knownPlan(read.import),
    weightsChanged: Array.isArray(read.optionChanges) && read.optionChanges.length > 0,
    names: namesIn(from, data, read),
  };
}

const LAYOUTS: readonly unknown[] = ['wide', 'wideByColumn', 'long'];
const ROLES: readonly unknown[] = ['id', 'time', 'variable', 'value', 'label', 'split', 'ignore'];

function knownPlan(plan: unknown): Partial<ImportPlan> | null {
  const { layout, roles } = (plan ?? {}) as Partial<ImportPlan>;
  return LAYOUTS.includes(layout) && Array.isArray(roles) && roles.every((role) => ROLES.includes(role)) ? (plan as ImportPlan) : null;
}
