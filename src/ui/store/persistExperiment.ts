import { defaultOptions, hideMechanisms, methodEntry, methods, MOST_HIDDEN, preparationEntry, preparations, type OptionSpec, type OptionValue, type PreparationStep } from '../../core/catalog';
import type { RunSpec } from '../../core/run';
import type { StoreApi } from 'zustand/vanilla';
import { writeNote } from './persist';
import type { AppState, Store } from './state';

const KEY = 'lacuna.experiment';

type Kept = Pick<AppState, 'experiment' | 'experimentFor'>;

const SCALINGS: readonly string[] = ['none', 'perSeries', 'perVariable', 'global', 'robust'];

/** The settings of last time, as far as this version knows them; null where there are none. */
export function keptExperiment(storage: Pick<Storage, 'getItem'> | null, initial: RunSpec): Kept | null {
  try {
    const { experiment, experimentFor } = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<Kept>;
    const known = knownSpec(experiment, initial);
    return known && { experiment: known, experimentFor: typeof experimentFor === 'string' ? experimentFor : '' };
  } catch {
    // An unreadable note counts as none.
    return null;
  }
}

/** Settings that were written down, as far as this version knows them; those of `initial` in place of others. Null without a method. */
export function knownSpec(written: unknown, initial: RunSpec): RunSpec | null {
  const spec = written as RunSpec | null | undefined;
  if (!spec || !Object.hasOwn(methods, spec.method)) return null;
  const { method, preparation } = spec;
  const whole = (value: unknown, least: number, plain: number): number => (Number.isInteger(value) && Number(value) >= least ? Number(value) : plain);
  const steps = (Array.isArray(preparation?.steps) ? preparation.steps : []).filter(({ step }) => Object.hasOwn(preparations, step));
  return {
    version: 1,
    method,
    clusters: whole(spec.clusters, 2, initial.clusters),
    seed: whole(spec.seed, 0, initial.seed),
    epochs: whole(spec.epochs, 1, initial.epochs),
    options: { ...defaultOptions(method), ...known(methodEntry(method).options, spec.options) },
    preparation: {
      ...(steps.length > 0 && { steps: steps.map(({ step, options }): PreparationStep => ({ step, options: known(preparationEntry(step).options, options) })) }),
      standardise: SCALINGS.includes(preparation?.standardise) ? preparation.standardise : initial.preparation.standardise,
    },
    hideRate: typeof spec.hideRate === 'number' && spec.hideRate >= 0 && spec.hideRate <= MOST_HIDDEN ? spec.hideRate : initial.hideRate,
    ...(spec.hideMechanism && hideMechanisms.includes(spec.hideMechanism) && { hideMechanism: spec.hideMechanism }),
  };
}

/** The options that exist, with values they may have. */
function known(specs: Readonly<Record<string, OptionSpec>>, options: Record<string, OptionValue> | undefined): Record<string, OptionValue> {
  const fits = (spec: OptionSpec | undefined, value: OptionValue): boolean => {
    if (spec === undefined) return false;
    if (spec.kind === 'boolean') return typeof value === 'boolean';
    if (spec.kind === 'choice') return spec.choices.includes(String(value));
    return typeof value === 'number' && value >= spec.min && value <= spec.max && (spec.kind === 'number' || Number.isInteger(value));
  };
  return Object.fromEntries(Object.entries(options ?? {}).filter(([key, value]) => fits(Object.hasOwn(specs, key) ? specs[key] : undefined, value)));
}

/** Writes the settings whenever they change. */
export function keepExperiment(store: StoreApi<Store>, storage: Pick<Storage, 'setItem'> | null): () => void {
  return store.subscribe(({ experiment, experimentFor }, before) => {
    if (experiment === before.experiment && experimentFor === before.experimentFor) return;
    writeNote(storage, KEY, { experiment, experimentFor });
  });
}
