/**
 * The robustness experiment of DTCR (methods.md 4.7) as thirds of a run: everything (a); a misleading F, frozen, without
 * one of the two other losses (b, e); everything again, with F made anew (c, f).
 */
import type { OptionValue } from '../../catalog';

/** The weight that each choice of `misleadingF` sets to 0 in the middle third. */
const SWITCHED_OFF: Record<string, string> = { withoutReconstruction: 'reconstructionWeight', withoutClassification: 'classificationWeight' };

export interface Phase {
  /** `shuffle`: F is to be shuffled before this epoch; `renew`: it is to be made anew; `frozen`: it stays as it is. */
  f: 'shuffle' | 'renew' | 'frozen' | 'usual';
  /** The option that counts as 0, or null. */
  off: string | null;
}

/** What an epoch, from 1 to `epochs`, does with F. */
export function phaseOf(epoch: number, epochs: number, misleading: OptionValue): Phase {
  const off = SWITCHED_OFF[String(misleading)];
  const third = Math.floor(epochs / 3);
  if (off === undefined || epoch <= third) return { f: 'usual', off: null };
  if (epoch <= 2 * third) return { f: epoch === third + 1 ? 'shuffle' : 'frozen', off };
  return { f: epoch === 2 * third + 1 ? 'renew' : 'usual', off: null };
}
