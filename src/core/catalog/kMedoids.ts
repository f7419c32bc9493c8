import type { MethodEntry } from './entry';
import { distance, gapFilling } from './imputer';

export const kMedoids = {
  label: 'k-medoids',
  title: 'k-medoids on a distance of choice',
  paper: 'Kaufman and Rousseeuw (1987), Partitioning around medoids',
  ko: { label: 'k-메도이드', title: '고른 거리로 하는 k-메도이드' },
  equations: ['min over medoids m of Σ_i min_k d(x_i, m_k)'],
  source: 'src/core/clustering/kMedoids.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: [],
  gaps: 'inDistance',
  trains: false,
  unseeded: { restarts: 0 },
  options: {
    ...gapFilling,
    ...distance,
    restarts: { kind: 'integer', label: 'Restarts', default: 0, min: 0, max: 1000, suggestions: [0, 10], doc: 'Random starts besides the greedy one, of which the one with the least cost is kept.', group: 'training', ko: { label: '다시 시작', doc: '탐욕 시작 외에 무작위로 시작하는 횟수. 비용이 가장 작은 결과를 남깁니다.' } },
  },
  losses: [{ key: 'cost', label: 'Cost', symbol: 'Σ d(x, m)', doc: 'Sum of the distances to the medoids.', ko: { label: '비용', doc: '메도이드까지 거리의 합.' } }],
} as const satisfies MethodEntry;
