import type { Random } from '../../lib/random';
import type { SeriesSet } from '../SeriesSet';
import { Hiding, type HiddenCells } from './HiddenCells';

/** Steps of a block, as a share of T, at least 2. */
const BLOCK = 0.1;

/**
 * Hides blocks of ⌊T / 10⌋ steps of one variable of one series, drawn at random, until `rate` of the observed cells
 * are hidden. A block covers whatever is observed within it; the last block is cut short to meet the rate.
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it.
 */
export function hideBlocks(set: SeriesSet, rate: number, random: Random): HiddenCells {
  const { n, t: T, d: D } = set;
  const hiding = new Hiding(set, rate);
  const length = Math.max(2, Math.floor(BLOCK * T));
  const blocks = Uint32Array.from({ length: n * D * Math.max(1, T - length + 1) }, (_, block) => block);
  random.shuffle(blocks);
  for (const block of blocks) {
    if (hiding.done) break;
    const [group, from] = [block % (n * D), Math.floor(block / (n * D))];
    const [i, j] = [Math.floor(group / D), group % D];
    for (let t = from; t < Math.min(T, from + length); t++) hiding.take((i * T + t) * D + j);
  }
  return hiding.result();
}
