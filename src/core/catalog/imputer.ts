import type { OptionSpec } from './entry';

/** The fillings that a method for complete series may be run on. */
export const imputerIds = ['linear', 'columnMean', 'columnMedian', 'zero', 'forwardFill', 'backwardFill', 'spline', 'seasonal', 'nearestSeries', 'crli'] as const;

export type ImputerId = (typeof imputerIds)[number];

/** The first stage of "impute, then cluster": options of every method that needs complete series. */
export const filling = {
  imputer: { kind: 'choice', label: 'Fill gaps by', default: 'linear', choices: imputerIds, doc: 'The method needs complete series, so gaps are filled before it starts.', group: 'model', ko: { label: '결측 채우기', doc: '이 방법에는 완전한 시계열이 필요하므로 시작 전에 결측을 채웁니다.' } },
  period: { kind: 'integer', label: 'Period', unit: 'steps', default: 24, min: 2, max: 100_000, doc: 'Steps of one period, for seasonal filling.', group: 'model', ko: { label: '주기', doc: '계절 채우기에 쓰는 한 주기의 스텝 수.' } },
} as const satisfies Record<string, OptionSpec>;
