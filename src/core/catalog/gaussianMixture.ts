import type { MethodEntry } from './entry';
import { pointFilling } from './imputer';

export const gaussianMixture = {
  label: 'Gaussian mixture',
  title: 'Mixture of Gaussians on principal components',
  paper: 'Dempster, Laird and Rubin (1977)',
  ko: { label: '가우스 혼합', title: '주성분 위의 가우스 혼합' },
  equations: ['p(x) = Σ_k π_k N(x; μ_k, Σ_k), fitted by expectation–maximisation'],
  source: 'src/core/clustering/gaussianMixture.ts',
  golden: 'src/core/clustering/clusterers.test.ts',
  differs: ['Where series differ in length, a step outside of a series takes its mean, which tells its level and nothing of its shape.'],
  gaps: 'needsComplete',
  trains: false,
  options: {
    ...pointFilling,
    components: { kind: 'integer', label: 'Components', default: 10, min: 1, max: 200, suggestions: [5, 10, 20], doc: 'Principal components of the series that the mixture is fitted to.', group: 'model', ko: { label: '주성분', doc: '혼합 모형을 맞출 시계열의 주성분 수.' } },
    covariance: { kind: 'choice', label: 'Covariance', default: 'diagonal', choices: ['diagonal', 'full'], doc: 'Whether the axes of a cluster lie along the components or anywhere.', group: 'model', ko: { label: '공분산', doc: '군집의 축이 주성분을 따르는지, 자유로운지.' } },
    restarts: { kind: 'integer', label: 'Restarts', default: 5, min: 1, max: 1000, suggestions: [1, 5, 10], doc: 'Seeded starts, of which the most likely is kept.', group: 'training', ko: { label: '다시 시작', doc: '시드에서 시작하는 횟수. 가장 그럴듯한 결과를 남깁니다.' } },
  },
  losses: [{ key: 'negativeLogLikelihood', label: 'Negative log-likelihood', symbol: '−ln p', doc: 'How unlikely the data is under the mixture, per series.', ko: { label: '음의 로그 가능도', doc: '혼합 모형에서 데이터가 나올 법하지 않은 정도(시계열당).' } }],
} as const satisfies MethodEntry;
