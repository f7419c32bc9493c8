import { methodEntry } from '../../core/catalog';
import type { RunSpec } from '../../core/run';

/** When a setting takes effect: at once, when training goes on from a checkpoint, or only from a fresh start. */
export type TakesEffect = 'live' | 'onContinue' | 'onRestart';

const BY_GROUP = { loss: 'live', training: 'onContinue', model: 'onRestart' } as const;

export function takesEffect(method: RunSpec['method'], key: string): TakesEffect {
  const group = methodEntry(method).options[key]?.group;
  if (group !== undefined) return BY_GROUP[group];
  return key === 'epochs' ? 'onContinue' : 'onRestart';
}

/** The settings that differ between two specs, by name. */
export function changedKeys(a: RunSpec, b: RunSpec): string[] {
  const own = (['method', 'clusters', 'seed', 'epochs', 'hideRate'] as const).filter((key) => a[key] !== b[key]);
  const mechanism = (a.hideMechanism ?? 'cells') === (b.hideMechanism ?? 'cells') ? [] : ['hideMechanism'];
  const steps = JSON.stringify(a.preparation.steps ?? []) === JSON.stringify(b.preparation.steps ?? []) ? [] : ['steps'];
  const standardise = a.preparation.standardise === b.preparation.standardise ? [] : ['standardise'];
  const options = Object.keys({ ...a.options, ...b.options }).filter((key) => a.options[key] !== b.options[key]);
  return [...own, ...mechanism, ...steps, ...standardise, ...options];
}

/** The changed settings that a run under `running` does not follow. */
export function pendingKeys(running: RunSpec, wanted: RunSpec): string[] {
  return changedKeys(running, wanted).filter((key) => takesEffect(running.method, key) !== 'live');
}

/** True when a checkpoint made under `made` fits a run under `wanted`. */
export function fitsCheckpoint(made: RunSpec, wanted: RunSpec): boolean {
  return changedKeys(made, wanted).every((key) => takesEffect(made.method, key) !== 'onRestart');
}
