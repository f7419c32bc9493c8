import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Clusters',
    variable: 'Variable',
    units: 'Units',
    original: 'Original',
    standardised: 'Standardised',
    standardisedTitle: 'Each series less its mean, divided by its standard deviation.',
    key: 'median, 10–90 % band, medoid (dashed), 3 members; observed and imputed values',
    empty: 'empty',
    selected: (count: string) => `${count} selected`,
    card: (cluster: string, size: string, medoid: string) => `${cluster}: ${size} series, medoid ${medoid}. Select its members.`,
    emptyCard: (cluster: string) => `${cluster}: no members`,
    medoid: 'medoid',
    nameOf: (number: number) => `Name of cluster ${number}`,
  },
  ko: {
    title: '군집',
    variable: '변수',
    units: '단위',
    original: '원래 값',
    standardised: '표준화',
    standardisedTitle: '시계열마다 평균을 빼고 표준편차로 나눈 값.',
    key: '중앙값, 10–90 % 띠, 메도이드(점선), 구성원 3개; 관측값과 대체값',
    empty: '비어 있음',
    selected: (count: string) => `${count}개 선택`,
    card: (cluster: string, size: string, medoid: string) => `${cluster}: 시계열 ${size}개, 메도이드 ${medoid}. 구성원 선택.`,
    emptyCard: (cluster: string) => `${cluster}: 구성원 없음`,
    medoid: '메도이드',
    nameOf: (number: number) => `군집 ${number}의 이름`,
  },
});
