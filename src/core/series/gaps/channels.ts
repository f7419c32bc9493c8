import { check } from '../../lib/assert';
import type { Random } from '../../lib/random';
import type { SeriesSet } from '../SeriesSet';
import { Hiding, type HiddenCells } from './HiddenCells';

/**
 * Hides whole variables of single series, drawn at random, as when a sensor was absent. A variable is taken when all
 * of it fits into what is left of `rate` and the series keeps something else, so `achieved` ends at or below `asked`.
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it, and for series of one variable.
 */
export function hideChannels(set: SeriesSet, rate: number, random: Random): HiddenCells {
  const { n, t: T, d: D } = set;
  check(D > 1 || rate === 0, 'Whole variables can be hidden only where a series has more than one; hide cells or blocks instead.');
  const hiding = new Hiding(set, rate);
  const channels = Uint32Array.from({ length: n * D }, (_, channel) => channel);
  random.shuffle(channels);
  for (const channel of channels) {
    const [i, j] = [Math.floor(channel / D), channel % D];
    const cells = Array.from({ length: T }, (_, t) => (i * T + t) * D + j).filter((cell) => hiding.mask[cell] === 1);
    if (cells.length <= hiding.missing && cells.length < hiding.left(i)) cells.forEach((cell) => hiding.take(cell));
  }
  return hiding.result();
}
