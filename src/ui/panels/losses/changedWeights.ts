import type { OptionSpec, OptionValue } from '../../../core/catalog';

type Options = Readonly<Record<string, OptionValue>>;

/** What each change of the loss weights changed, in symbols: `λ 0.001 → 1`. */
export function changedWeights(start: Options, changes: readonly { epoch: number; options: Options }[], specs: Readonly<Record<string, OptionSpec>>): { epoch: number; text: string }[] {
  let now = start;
  return changes.map(({ epoch, options }) => {
    const before = now;
    now = { ...now, ...options };
    const changed = Object.keys(options).filter((key) => specs[key]?.group === 'loss' && options[key] !== before[key]);
    return { epoch, text: changed.map((key) => `${specs[key].symbol ?? specs[key].label} ${before[key]} → ${options[key]}`).join(', ') };
  });
}
