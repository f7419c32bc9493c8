import type { MethodEntry } from './entry';
import { distance, gapFilling } from './imputer';

export const hierarchical = {
  label: 'Hierarchical',
  title: 'Agglomerative clustering on a distance of choice',
  paper: 'Lance and Williams (1967); Murtagh (1983)',
  ko: { label: '계층적 군집화', title: '고른 거리로 가까운 것부터 합치는 군집화' },
  equations: ['merge the two nearest clusters until K are left'],
  source: 'src/core/clustering/hierarchical.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: [],
  gaps: 'inDistance',
  trains: false,
  unseeded: {},
  options: {
    ...gapFilling,
    ...distance,
    linkage: { kind: 'choice', label: 'Linkage', default: 'complete', choices: ['single', 'complete', 'average', 'ward'], doc: 'Which distance of two clusters counts: least, greatest, mean, or growth of the sum of squares.', group: 'model', ko: { label: '연결', doc: '두 군집의 거리로 최솟값, 최댓값, 평균, 제곱합 증가 중 무엇을 쓸지 정합니다.' } },
  },
  losses: [{ key: 'height', label: 'Height', symbol: 'h', doc: 'Distance of the last two clusters that were merged.', ko: { label: '높이', doc: '마지막으로 합친 두 군집의 거리.' } }],
} as const satisfies MethodEntry;
