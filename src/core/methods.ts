import type { MethodId } from './catalog';
import { kMeans } from './classical/kMeans';
import { once } from './classical/once';
import { crli, crliSize } from './nn/training/crli';
import { dtcr, dtcrSize } from './nn/training/dtcr';
import type { Method, SizeOf } from './run';
import { twoStage } from './twoStage';

export interface Implementation {
  run: Method;
  /** How much memory a run takes; left out by a method without weights. */
  size?: SizeOf;
}

/** Method → its run. One line a method. */
export const implementations: Record<MethodId, Implementation> = {
  crli: { run: crli, size: crliSize },
  dtcr: { run: twoStage(dtcr), size: dtcrSize },
  kMeans: { run: twoStage(once(kMeans)) },
};
