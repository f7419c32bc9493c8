/** Data only: what each method is called, where it comes from, and its options. The one core value that ui reads. */
import { crli } from './catalog/crli';
import { dtc } from './catalog/dtc';
import { dtcr } from './catalog/dtcr';
import type { MethodEntry, OptionValue } from './catalog/entry';
import { kMeans } from './catalog/kMeans';
import { kMedoids } from './catalog/kMedoids';
import { hierarchical } from './catalog/hierarchical';
import { dtwKMeans } from './catalog/dtwKMeans';
import { softDtwKMeans } from './catalog/softDtwKMeans';
import { kShape } from './catalog/kShape';
import { gaussianMixture } from './catalog/gaussianMixture';
import { spectral } from './catalog/spectral';
import { umapKMeans } from './catalog/umapKMeans';
import { learnedImputerIds } from './catalog/imputer';
import { vader } from './catalog/vader';

export type * from './catalog/entry';
export { lossySteps, preparationEntry, preparations, shapeAfter, stepOptions, type PreparationEntry, type PreparationId, type PreparationStep } from './catalog/preparation';
export { distanceWords } from './catalog/distanceWords';
export { fillingWords } from './catalog/fillingWords';
export { filling } from './catalog/imputer';
export { hideMechanisms, MOST_HIDDEN, type HideMechanism } from './catalog/hiding';

/** One line a method, in the order in which they are offered. */
export const methods = {
  crli,
  dtcr,
  dtc,
  vader,
  kMeans,
  kMedoids,
  hierarchical,
  dtwKMeans,
  softDtwKMeans,
  kShape,
  gaussianMixture,
  spectral,
  umapKMeans,
} as const satisfies Record<string, MethodEntry>;

export type MethodId = keyof typeof methods;

/** The entry of a method, widened for readers that do not know which it is. */
export function methodEntry(id: MethodId): MethodEntry {
  return methods[id];
}

/** The default options of a method, with those of a preset. */
export function defaultOptions(id: MethodId, preset?: string): Record<string, OptionValue> {
  const { options, presets = {} } = methodEntry(id);
  return { ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])), ...(preset !== undefined && presets[preset].options) };
}

/** The methods that tell which steps speak for a cluster. */
export const relevanceMethods: readonly MethodId[] = (Object.keys(methods) as MethodId[]).filter((id) => methodEntry(id).relevance !== undefined);

/** Whether another seed may give other clusters: it cannot where neither the method nor the filling of gaps draws at random. */
export function readsSeed(id: MethodId, options: Readonly<Record<string, OptionValue>>): boolean {
  const { unseeded } = methodEntry(id);
  if (unseeded === undefined || learnedImputerIds.some((learned) => learned === options.imputer)) return true;
  return Object.entries(unseeded).some(([key, value]) => options[key] !== value);
}

/** The preset that these options are, `null` for the defaults, undefined for neither. */
export function presetOf(id: MethodId, options: Readonly<Record<string, OptionValue>>): string | null | undefined {
  const are = (wanted: Record<string, OptionValue>): boolean => Object.entries(wanted).every(([key, value]) => (options[key] ?? value) === value);
  return are(defaultOptions(id)) ? null : Object.keys(methodEntry(id).presets ?? {}).find((preset) => are(defaultOptions(id, preset)));
}

/** Updates that a run makes unless told otherwise: enough to settle, on small sets as on large ones. */
const UPDATES = 300;

/** Epochs to offer for N series: about as many updates as the method takes, at least 10 epochs; 1 for a method that is computed once. */
export function suggestedEpochs(id: MethodId, n: number, { batchSize }: Readonly<Record<string, OptionValue>>): number {
  const { trains, updates = UPDATES } = methodEntry(id);
  return trains ? Math.max(10, Math.round(updates / Math.ceil(n / Number(batchSize)))) : 1;
}
