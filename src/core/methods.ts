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
import { applyCrli, crli, crliSize } from './nn/training/crli';
import { applyDtc, dtc, dtcRelevance, dtcSize } from './nn/training/dtc';
import { applyDtcr, dtcr, dtcrSize } from './nn/training/dtcr';
import { applyVader, vader, vaderSize } from './nn/training/vader';
import type { Apply, Method, Relevance, SizeOf } from './run';
import { twoStage, twoStageApply } from './twoStage';

export interface Implementation {
  run: Method;
  /** How much memory a run takes; left out by a method without weights. */
  size?: SizeOf;
  /** What it says of series that it was not trained on; left out by a method that learns nothing to take along. */
  apply?: Apply;
  /** Which steps speak for the cluster of a series; left out by a method that does not tell. */
  relevance?: Relevance;
}

/** Method → its run. One line a method. */
export const implementations: Record<MethodId, Implementation> = {
  crli: { run: crli, size: crliSize, apply: applyCrli },
  dtcr: { run: twoStage(dtcr), size: dtcrSize, apply: twoStageApply(applyDtcr) },
  dtc: { run: twoStage(dtc), size: dtcSize, apply: twoStageApply(applyDtc), relevance: dtcRelevance },
  vader: { run: vader, size: vaderSize, apply: applyVader },
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
