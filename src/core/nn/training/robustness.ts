/**
 * The robustness experiment of DTCR (methods.md 4.7) as thirds of a run: everything (a); a misleading F, frozen, without
 * one of the two other losses (b, e); everything again, with F made anew (c, f).
 */
import type { OptionValue } from '../../catalog';

/** The weight that each choice of `misleadingF` sets to 0 in the middle third. */
const SWITCHED_OFF: Record<string, string> = { withoutReconstruction: 'reconstructionWeight', withoutClassification: 'classificationWeight' };

export interface Phase {
  /** Which third, from 0; 0 as well in a run that misleads nobody. */
  third: number;
  /** `shuffle`: F is to be shuffled before this epoch; `renew`: it is to be made anew; `frozen`: it stays as it is. */
  f: 'shuffle' | 'renew' | 'frozen' | 'usual';
  /** The option that counts as 0, or null. */
  off: string | null;
}

/**
 * What an epoch, from 1 to `epochs`, does with F.
 *
 * @param before the third of the epoch before it; a run that goes on with other epochs never goes back to an earlier one
 */
export function phaseOf(epoch: number, epochs: number, misleading: OptionValue, before: number): Phase {
  const off = SWITCHED_OFF[String(misleading)];
  const length = Math.floor(epochs / 3);
  if (off === undefined) return { third: 0, f: 'usual', off: null };
  const third = Math.max(before, Number(epoch > length) + Number(epoch > 2 * length));
  if (third === 1) return { third, f: before === 1 ? 'frozen' : 'shuffle', off };
  return { third, f: before === 1 ? 'renew' : 'usual', off: null };
}
