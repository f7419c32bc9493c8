import type { MethodEntry } from './entry';
import { gapFilling } from './imputer';

export const kShape = {
  label: 'k-Shape',
  title: 'k-Shape: clusters by shape, wherever in time it lies',
  paper: 'Paparrizos and Gravano (2015)',
  ko: { label: 'k-Shape', title: 'k-Shape: 시간 위치와 관계없이 모양으로 묶음' },
  equations: ['SBD(x, y) = 1 − max over shifts of the normalised cross-correlation'],
  source: 'src/core/clustering/kShape.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: ['Gaps lie on straight lines; a series shorter than the longest is followed by 0, the mean of each variable after its standardisation.'],
  gaps: 'inDistance',
  trains: false,
  options: {
    ...gapFilling,
    restarts: { kind: 'integer', label: 'Restarts', default: 5, min: 1, max: 1000, suggestions: [1, 5, 10], doc: 'Seeded starts, of which the one with the least cost is kept.', group: 'training', ko: { label: '다시 시작', doc: '시드에서 시작하는 횟수. 비용이 가장 작은 결과를 남깁니다.' } },
  },
  losses: [{ key: 'inertia', label: 'Inertia', symbol: 'Σ SBD', doc: 'Sum of the shape-based distances to the centroids.', ko: { label: '관성', doc: '중심까지 모양 기반 거리의 합.' } }],
} as const satisfies MethodEntry;
