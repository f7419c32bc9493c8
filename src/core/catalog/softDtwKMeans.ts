import type { MethodEntry } from './entry';
import { distance, gapFilling } from './imputer';

export const softDtwKMeans = {
  label: 'Soft-DTW k-means',
  title: 'k-means under soft-DTW',
  paper: 'Cuturi and Blondel (2017)',
  ko: { label: 'Soft-DTW k-평균', title: 'Soft-DTW를 쓰는 k-평균' },
  equations: ['min over c of Σ_i min_k softDTW_γ(x_i, c_k)'],
  source: 'src/core/clustering/softDtwKMeans.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: ['Steps at which nothing is observed are left out and the cost is scaled up; a barycentre has no gaps, and keeps the length of the series it started from.'],
  gaps: 'inDistance',
  trains: false,
  options: {
    ...gapFilling,
    gamma: distance.gamma,
    restarts: { kind: 'integer', label: 'Restarts', default: 1, min: 1, max: 1000, suggestions: [1, 3, 10], doc: 'Seeded starts, of which the one with the least cost is kept.', group: 'training', ko: { label: '다시 시작', doc: '시드에서 시작하는 횟수. 비용이 가장 작은 결과를 남깁니다.' } },
  },
  losses: [{ key: 'inertia', label: 'Inertia', symbol: 'Σ softDTW', doc: 'Sum of the soft-DTW values to the barycentres; it can be below 0.', ko: { label: '관성', doc: '무게중심까지 soft-DTW 값의 합. 0보다 작을 수 있습니다.' } }],
} as const satisfies MethodEntry;
