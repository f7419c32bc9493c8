import type { MethodEntry } from './entry';
import { distance, gapFilling } from './imputer';

export const spectral = {
  label: 'Spectral',
  title: 'Spectral clustering of a Gaussian affinity on a distance of choice',
  paper: 'Ng, Jordan and Weiss (2002)',
  ko: { label: '스펙트럼 군집화', title: '고른 거리의 가우스 친화도로 하는 스펙트럼 군집화' },
  equations: ['a_ij = exp(−d_ij² / 2σ²);  k-means on the top-K eigenvectors of D^{−1/2} A D^{−1/2}'],
  source: 'src/core/clustering/spectralClustering.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: [],
  gaps: 'inDistance',
  trains: false,
  options: {
    ...gapFilling,
    ...distance,
    scale: { kind: 'number', label: 'Scale', symbol: 'σ', default: 0, min: 0, max: 1e9, doc: 'Distance at which the affinity has fallen by a third; 0 for the median distance.', group: 'model', ko: { label: '규모', doc: '친화도가 3분의 1쯤 줄어드는 거리. 0이면 거리의 중앙값.' } },
  },
  losses: [],
} as const satisfies MethodEntry;
