import { distanceWords } from './distanceWords';
import type { OptionSpec } from './entry';
import { fillingWords } from './fillingWords';

/** The fillings that a method for complete series may be run on. */
export const imputerIds = [
  'linear', 'columnMean', 'columnMedian', 'zero', 'forwardFill', 'backwardFill', 'spline', 'seasonal', 'nearestSeries', 'brits', 'crli',
] as const;

export type ImputerId = (typeof imputerIds)[number];

/** Those that are trained first. */
export const learnedImputerIds = ['brits', 'crli'] as const satisfies readonly ImputerId[];

/** The first stage of "impute, then cluster": options of every method that needs complete series. */
export const filling = {
  imputer: { kind: 'choice', label: 'Fill gaps by', default: 'linear', choices: imputerIds, about: fillingWords, doc: 'The method needs complete series, so gaps are filled before it starts.', group: 'model', ko: { label: '결측 채우기', doc: '이 방법에는 완전한 시계열이 필요하므로 시작 전에 결측을 채웁니다.' } },
  period: { kind: 'integer', when: { option: 'imputer', is: 'seasonal' }, label: 'Period', unit: 'steps', default: 24, min: 2, max: 100_000, doc: 'Steps of one period, for seasonal filling.', group: 'model', ko: { label: '주기', doc: '계절 채우기에 쓰는 한 주기의 스텝 수.' } },
  nearest: { kind: 'integer', when: { option: 'imputer', is: 'nearestSeries' }, label: 'Nearest', symbol: 'k', unit: 'series', default: 5, min: 1, max: 1000, suggestions: [1, 5, 10, 20], doc: 'Nearest series whose mean fills a gap, for filling by nearest series.', group: 'model', ko: { label: '가까운 수', doc: '가까운 시계열로 채울 때 평균을 낼 시계열 수.' } },
} as const satisfies Record<string, OptionSpec>;

/** The same for methods that compare series step by step. */
export const pointFilling = {
  ...filling,
  imputer: { ...filling.imputer, doc: 'The method needs complete series of one length: gaps are filled before it starts, and steps that a shorter series lacks take its mean.', ko: { label: '결측 채우기', doc: '이 방법에는 길이가 같은 완전한 시계열이 필요합니다. 시작 전에 결측을 채우고, 짧은 시계열에 없는 스텝에는 그 시계열의 평균을 씁니다.' } },
} as const satisfies Record<string, OptionSpec>;

/** The same for methods whose distance can do with gaps. */
export const gapFilling = {
  ...filling,
  imputer: { ...filling.imputer, default: 'none', choices: ['none', ...imputerIds], doc: 'Gaps can be left to the distance, or filled before the method starts.', ko: { label: '결측 채우기', doc: '결측을 거리 계산에 맡기거나, 시작 전에 채웁니다.' } },
} as const satisfies Record<string, OptionSpec>;

/** Distances, and what they are made of. */
export const distance = {
  distance: {
    kind: 'choice', label: 'Distance', default: 'euclidean', choices: ['euclidean', 'dtw', 'softDtw', 'shapeBased', 'complexityInvariant', 'correlation', 'autocorrelation'], about: distanceWords,
    doc: 'How far apart two series are; two that cannot be compared count as the farthest pair.', group: 'model', ko: { label: '거리', doc: '두 시계열이 얼마나 떨어져 있는지 재는 방법. 비교할 수 없는 쌍은 가장 먼 쌍으로 봅니다.' },
  },
  window: { kind: 'integer', when: { option: 'distance', is: 'dtw' }, label: 'Warping window', unit: 'steps', default: 0, min: 0, max: 100_000, suggestions: [0, 5, 10], doc: 'Half width of the Sakoe–Chiba band of DTW; 0 for no band.', group: 'model', ko: { label: '워핑 창', doc: 'DTW의 사코에–치바 띠의 절반 너비. 0이면 띠가 없습니다.' } },
  gamma: { kind: 'number', when: { option: 'distance', is: 'softDtw' }, label: 'Softness', symbol: 'γ', default: 1, min: 1e-6, max: 1000, suggestions: [0.1, 1, 10], doc: 'How soft the minimum of soft-DTW is.', group: 'model', ko: { label: '부드러움', doc: '소프트 DTW의 최솟값이 얼마나 부드러운지.' } },
} as const satisfies Record<string, OptionSpec>;
