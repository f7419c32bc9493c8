import type { OptionSpec, OptionValue } from '../../../core/catalog';

type Options = Readonly<Record<string, OptionValue>>;

/**
 * What each change of the loss weights changed, in symbols: `λ 0.001 → 1`. A run that goes on starts with its newest
 * weights, so what stood before the first change is no longer known then: `λ 1`.
 */
export function changedWeights(start: Options, changes: readonly { epoch: number; options: Options }[], specs: Readonly<Record<string, OptionSpec>>): { epoch: number; text: string }[] {
  let now = start;
  return changes.map(({ epoch, options }) => {
    const before = now;
    now = { ...now, ...options };
    const weights = Object.keys(options).filter((key) => specs[key]?.group === 'loss');
    const changed = weights.filter((key) => options[key] !== before[key]);
    const name = (key: string): string => specs[key].symbol ?? specs[key].label;
    const told = changed.length > 0 ? changed.map((key) => `${name(key)} ${before[key]} → ${options[key]}`) : weights.map((key) => `${name(key)} ${options[key]}`);
    return { epoch, text: told.join(', ') };
  });
}
