import type { MethodEntry } from './entry';
import { pointFilling } from './imputer';
import { kMeans } from './kMeans';

export const umapKMeans = {
  label: 'UMAP + k-means',
  title: 'k-means on a UMAP projection of the series',
  paper: 'McInnes, Healy and Melville (2018); Lloyd (1982)',
  ko: { label: 'UMAP + k-평균', title: '시계열의 UMAP 투영 위에서 하는 k-평균' },
  equations: ['y = UMAP(x), y_i in R^{M}', 'min over μ of Σ_i min_k ‖y_i − μ_k‖²'],
  source: 'src/core/projection/umap.ts',
  golden: 'src/core/projection/umap.test.ts',
  differs: [
    'Where series differ in length, a step outside of a series takes its mean, which tells its level and nothing of its shape.',
    'UMAP is that of the library umap-js, whose neighbours are found by descent, not exactly.',
  ],
  gaps: 'needsComplete',
  trains: false,
  options: {
    ...pointFilling,
    components: { kind: 'integer', label: 'Components', symbol: 'M', default: 2, min: 1, max: 50, suggestions: [2, 10], doc: 'Width of the projection.', group: 'model', ko: { label: '성분 수', doc: '투영의 너비.' } },
    neighbours: { kind: 'integer', label: 'Neighbours', default: 15, min: 2, max: 1000, suggestions: [5, 15, 30], doc: 'Series that count as the neighbourhood of one: few for fine structure, many for coarse.', group: 'model', ko: { label: '이웃 수', doc: '이웃으로 볼 시계열 수. 적으면 세밀하게, 많으면 거칠게 봅니다.' } },
    minDist: { kind: 'number', label: 'Least distance', default: 0, min: 0, max: 1, suggestions: [0, 0.1], doc: 'Least distance of two series in the projection; 0 packs clusters tightly.', group: 'model', ko: { label: '최소 거리', doc: '투영에서 두 시계열 사이의 최소 거리. 0이면 군집이 조밀해집니다.' } },
    restarts: kMeans.options.restarts,
  },
  losses: kMeans.losses,
} as const satisfies MethodEntry;
