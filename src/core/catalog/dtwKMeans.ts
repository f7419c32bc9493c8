import type { MethodEntry } from './entry';
import { distance, gapFilling } from './imputer';

export const dtwKMeans = {
  label: 'DTW k-means',
  title: 'k-means under dynamic time warping, with barycentres (DBA)',
  paper: 'Petitjean, Ketterlin and Gançarski (2011)',
  ko: { label: 'DTW k-평균', title: '동적 시간 정합(DTW)과 무게중심(DBA)을 쓰는 k-평균' },
  equations: ['min over c of Σ_i min_k DTW(x_i, c_k)²'],
  source: 'src/core/clustering/dtwKMeans.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: ['Steps at which nothing is observed are left out and the cost is scaled up; a barycentre has no gaps, and keeps the length of the series it started from.'],
  gaps: 'inDistance',
  trains: false,
  options: {
    ...gapFilling,
    window: distance.window,
    restarts: { kind: 'integer', label: 'Restarts', default: 3, min: 1, max: 1000, suggestions: [1, 3, 10], doc: 'Seeded starts, of which the one with the least cost is kept.', group: 'training', ko: { label: '다시 시작', doc: '시드에서 시작하는 횟수. 비용이 가장 작은 결과를 남깁니다.' } },
  },
  losses: [{ key: 'inertia', label: 'Inertia', symbol: 'Σ DTW²', doc: 'Sum of the squared DTW distances to the barycentres.', ko: { label: '관성', doc: '무게중심까지 DTW 거리의 제곱합.' } }],
} as const satisfies MethodEntry;
