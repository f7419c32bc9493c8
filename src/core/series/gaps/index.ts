import type { Random } from '../../lib/random';
import type { SeriesSet } from '../SeriesSet';
import { hideBlocks } from './blocks';
import { hideCells } from './cells';
import { hideChannels } from './channels';
import { hideByObserved, hideByValue } from './dependent';
import type { HiddenCells } from './HiddenCells';

export { hideBlocks } from './blocks';
export { hideCells, maskAtRandom } from './cells';
export { hideChannels } from './channels';
export { hideByObserved, hideByValue } from './dependent';
export type { HiddenCells } from './HiddenCells';

/** How gaps are simulated. One line a mechanism. */
export const mechanisms = {
  cells: hideCells,
  blocks: hideBlocks,
  channels: hideChannels,
  observed: hideByObserved,
  value: hideByValue,
} as const satisfies Record<string, (set: SeriesSet, rate: number, random: Random) => HiddenCells>;
