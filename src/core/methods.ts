import type { MethodId } from './catalog';
import { bytesOfPairs } from './classical/distance';
import { dtwKMeans } from './classical/dtwKMeans';
import { gaussianMixture } from './classical/gaussianMixture';
import { hierarchical } from './classical/hierarchical';
import { kMeans } from './classical/kMeans';
import { kMedoids } from './classical/kMedoids';
import { kShape } from './classical/kShape';
import { once } from './classical/once';
import { softDtwKMeans } from './classical/softDtwKMeans';
import { spectral } from './classical/spectral';
import { umapKMeans } from './classical/umapKMeans';
import { crli, crliSize } from './nn/training/crli';
import { dtc, dtcSize } from './nn/training/dtc';
import { dtcr, dtcrSize } from './nn/training/dtcr';
import { vader, vaderSize } from './nn/training/vader';
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
  dtc: { run: twoStage(dtc), size: dtcSize },
  vader: { run: vader, size: vaderSize },
  kMeans: { run: twoStage(once(kMeans)) },
  kMedoids: { run: twoStage(once(kMedoids)), size: bytesOfPairs },
  hierarchical: { run: twoStage(once(hierarchical)), size: bytesOfPairs },
  dtwKMeans: { run: twoStage(once(dtwKMeans)) },
  softDtwKMeans: { run: twoStage(once(softDtwKMeans)) },
  kShape: { run: twoStage(once(kShape)) },
  gaussianMixture: { run: twoStage(once(gaussianMixture)) },
  umapKMeans: { run: twoStage(once(umapKMeans)) },
  spectral: { run: twoStage(once(spectral)), size: bytesOfPairs },
};
