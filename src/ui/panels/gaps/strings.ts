import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Missing by step',
    summary: (most: string, step: string) => `Share of the series that lack a value at each step. At most ${most}, at ${step}.`,
    waiting: 'Share of the series that lack a value at each step.',
    first: (count: number) => `first ${count} variables`,
    step: 'step',
  },
  ko: {
    title: '시점별 결측',
    summary: (most: string, step: string) => `시점마다 값이 없는 시계열의 비율. 가장 높은 곳은 ${step}의 ${most}.`,
    waiting: '시점마다 값이 없는 시계열의 비율.',
    first: (count: number) => `처음 ${count}개 변수`,
    step: '시점',
  },
});
