import type { MethodEntry } from './entry';
import { pointFilling } from './imputer';

export const kMeans = {
  label: 'k-means',
  title: 'k-means on the series as they are',
  paper: 'Lloyd (1982); seeding of Arthur and Vassilvitskii (2007)',
  ko: { label: 'k-평균', title: '시계열 값에 그대로 쓰는 k-평균' },
  equations: ['min over μ of Σ_i min_k ‖x_i − μ_k‖²'],
  source: 'src/core/clustering/kMeans.ts',
  golden: 'src/core/clustering/kMeans.test.ts',
  differs: ['Where series differ in length, a step outside of a series takes its mean, which tells its level and nothing of its shape.'],
  gaps: 'needsComplete',
  trains: false,
  options: {
    ...pointFilling,
    restarts: { kind: 'integer', label: 'Restarts', default: 10, min: 1, max: 1000, suggestions: [10, 50], doc: 'Seeded starts, of which the one with the least inertia is kept.', group: 'training', ko: { label: '다시 시작', doc: '시드에서 시작하는 횟수. 관성이 가장 작은 결과를 남깁니다.' } },
  },
  losses: [{ key: 'inertia', label: 'Inertia', symbol: 'Σ‖x − μ‖²', doc: 'Within-cluster sum of squares.', ko: { label: '관성', doc: '군집 안 제곱합.' } }],
} as const satisfies MethodEntry;
