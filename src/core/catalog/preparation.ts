import type { OptionSpec, OptionValue } from './entry';

/** What the catalog says of a step of the preparation: data only. */
export interface PreparationEntry {
  label: string;
  /** One sentence; the last part says how imputed values come back. */
  doc: string;
  ko: { label: string; doc: string };
  /** The way back does not give what was there before: imputed values come back changed by the step. */
  lossy?: true;
  options: Readonly<Record<string, OptionSpec>>;
}

const whole = (label: string, ko: string, fallback: number, min: number, max: number, doc: string, koDoc: string, unit?: string): OptionSpec => ({
  kind: 'integer', label, default: fallback, min, max, doc, group: 'model', ko: { label: ko, doc: koDoc }, ...(unit && { unit }),
});
const amount = (label: string, ko: string, fallback: number, doc: string, koDoc: string): OptionSpec => ({
  kind: 'number', label, default: fallback, min: -1e30, max: 1e30, doc, group: 'model', ko: { label: ko, doc: koDoc },
});

/** Steps of the preparation, in the order in which they are offered. The data is standardised after all of them, too, unless a run says otherwise. */
export const preparations = {
  range: {
    label: 'Range',
    doc: 'Values outside a range count as missing.',
    ko: { label: '범위', doc: '범위를 벗어난 값을 결측으로 봅니다.' },
    options: { min: amount('From', '최솟값', -1e30, 'Lower values are missing.', '이보다 작은 값은 결측입니다.'), max: amount('To', '최댓값', 1e30, 'Higher values are missing.', '이보다 큰 값은 결측입니다.') },
  },
  sentinel: {
    label: 'Sentinel',
    doc: 'A value that stands for a missing one counts as missing.',
    ko: { label: '결측 표시값', doc: '결측을 뜻하는 값을 결측으로 봅니다.' },
    options: { value: amount('Value', '값', -999, 'The value that stands for a missing one.', '결측을 뜻하는 값.') },
  },
  interpolate: {
    label: 'Interpolate',
    doc: 'Short gaps between observed values are filled on straight lines; longer ones are left to the method.',
    ko: { label: '보간', doc: '관측값 사이의 짧은 결측을 직선으로 채웁니다. 긴 결측은 방법에 맡깁니다.' },
    options: { limit: whole('Longest gap', '최대 길이', 3, 1, 100_000, 'Longer gaps are left.', '이보다 긴 결측은 그대로 둡니다.', 'steps') },
  },
  smooth: {
    label: 'Smooth',
    doc: 'Observed values are smoothed over their observed neighbours; imputed values stay smoothed.',
    ko: { label: '평활', doc: '관측값을 이웃 관측값으로 평활합니다. 채운 값도 평활된 채로 남습니다.' },
    lossy: true,
    options: {
      filter: { kind: 'choice', label: 'Filter', default: 'movingAverage', choices: ['movingAverage', 'gaussian', 'savitzkyGolay'], doc: 'How neighbours are weighted.', group: 'model', ko: { label: '필터', doc: '이웃에 주는 가중치.' } },
      width: whole('Half width', '절반 너비', 2, 1, 10_000, 'Neighbours on either side; the deviation of the Gaussian.', '양쪽 이웃 수. 가우스 필터에서는 표준편차.', 'steps'),
      degree: whole('Degree', '차수', 2, 0, 5, 'Degree of the polynomials of Savitzky–Golay.', '사비츠키–골레이 다항식의 차수.'),
    },
  },
  difference: {
    label: 'Difference',
    doc: 'Each value less the one some steps before; imputed values are summed up again.',
    ko: { label: '차분', doc: '몇 스텝 전 값과의 차이로 바꿉니다. 채운 값은 다시 더해 되돌립니다.' },
    options: { lag: whole('Lag', '간격', 1, 1, 100_000, 'Steps between the two values.', '두 값 사이의 스텝 수.', 'steps') },
  },
  detrend: {
    label: 'Detrend',
    doc: 'The straight line through each series is taken off; imputed values get it back.',
    ko: { label: '추세 제거', doc: '시계열마다 직선 추세를 뺍니다. 채운 값에는 다시 더합니다.' },
    options: {},
  },
  deseasonalise: {
    label: 'Seasonal adjustment',
    doc: 'The mean course of a period is taken off each series; imputed values get it back.',
    ko: { label: '계절 조정', doc: '한 주기의 평균 흐름을 시계열마다 뺍니다. 채운 값에는 다시 더합니다.' },
    options: { period: whole('Period', '주기', 24, 2, 100_000, 'Steps of one period.', '한 주기의 스텝 수.', 'steps') },
  },
  resample: {
    label: 'Resample',
    doc: 'The series get another number of steps; imputed values come back as steps or on straight lines.',
    ko: { label: '길이 바꾸기', doc: '스텝 수를 바꿉니다. 채운 값은 계단이나 직선으로 되돌립니다.' },
    lossy: true,
    options: {
      by: { kind: 'choice', label: 'By', default: 'means', choices: ['means', 'lines'], doc: 'Means of equal pieces (PAA), or straight lines between values.', group: 'model', ko: { label: '방법', doc: '같은 조각의 평균(PAA) 또는 값 사이의 직선.' } },
      length: whole('Steps', '스텝 수', 64, 2, 100_000, 'Steps afterwards.', '바꾼 뒤의 스텝 수.', 'steps'),
    },
  },
  standardise: {
    label: 'Standardise here',
    doc: 'Puts the variables on one scale for the steps that follow, so that the largest unit does not lead the principal components; imputed values get their scale back.',
    ko: { label: '여기서 표준화', doc: '뒤따르는 단계를 위해 변수를 같은 척도로 맞춥니다. 단위가 큰 변수가 주성분을 이끌지 않습니다. 채운 값은 원래 척도로 되돌립니다.' },
    options: {
      way: { kind: 'choice', label: 'Over', default: 'perVariable', choices: ['perVariable', 'robust', 'global', 'perSeries'], doc: 'Whose mean and deviation; robust takes median and quartiles of each variable.', group: 'model', ko: { label: '기준', doc: '평균과 표준편차를 구하는 범위. 강건은 변수별 중앙값과 사분위수를 씁니다.' } },
    },
  },
  components: {
    label: 'Principal components',
    doc: 'The variables are replaced by their first principal components; imputed values are projected back.',
    ko: { label: '주성분', doc: '변수를 앞쪽 주성분으로 바꿉니다. 채운 값은 되투영합니다.' },
    lossy: true,
    options: {
      count: whole('Components', '주성분 수', 2, 1, 1000, 'How many components; at most the number of variables.', '주성분의 수. 변수 수를 넘을 수 없습니다.'),
      gaps: { kind: 'choice', label: 'Gaps', default: 'leave', choices: ['leave', 'estimate'], doc: 'A step with a gap in any variable is a gap in all components, or has those expected of the variables it shows, if it shows half of them.', group: 'model', ko: { label: '결측', doc: '한 변수라도 결측이면 그 시점의 주성분을 모두 결측으로 두거나, 변수의 절반 이상이 관측되었으면 그것으로 추정합니다.' } },
    },
  },
} as const satisfies Record<string, PreparationEntry>;

export type PreparationId = keyof typeof preparations;

/** A step of a run's preparation: JSON, saved in run.json. */
export interface PreparationStep {
  step: PreparationId;
  options: Record<string, OptionValue>;
}

/** The entry of a step, widened for readers that do not know which it is. */
export function preparationEntry(id: PreparationId): PreparationEntry {
  return preparations[id];
}

/** Those of the steps that cannot be undone exactly. */
export function lossySteps(steps: readonly PreparationStep[]): PreparationId[] {
  return [...new Set(steps.map(({ step }) => step))].filter((id) => preparationEntry(id).lossy);
}

/** What a step may depend on: T steps, D variables. */
interface Shape {
  t: number;
  d: number;
}

/** The shape of the series after a step. */
export function shapeAfter<S extends Shape>(shape: S, { step, options }: PreparationStep): S {
  if (step === 'resample') return { ...shape, t: Number(options.length) };
  return step === 'components' ? { ...shape, d: Number(options.count) } : shape;
}

/** The options of a step for series of this shape: a default that they are too short or have too few variables for is smaller, so that the step can be taken. */
export function stepOptions(id: PreparationId, { t, d }: Shape): Readonly<Record<string, OptionSpec>> {
  const half = Math.max(2, Math.floor(t / 2));
  const most: Partial<Record<PreparationId, Readonly<Record<string, number>>>> = { resample: { length: half }, deseasonalise: { period: half }, components: { count: d }, difference: { lag: Math.max(1, t - 1) } };
  return Object.fromEntries(
    Object.entries(preparationEntry(id).options).map(([key, option]) => {
      const limit = most[id]?.[key] ?? Infinity;
      return [key, option.kind === 'integer' && option.default > limit ? { ...option, default: limit } : option];
    }),
  );
}
