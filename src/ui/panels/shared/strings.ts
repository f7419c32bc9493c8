import { defineStrings } from '../../store/hooks';

export const sharedStrings = defineStrings({
  en: {
    failed: 'This chart could not be drawn.',
    again: 'Draw again',
    cluster: (number: number) => `Cluster ${number}`,
    unassigned: 'No cluster',
    unlabelled: 'No label',
    series: (count: string) => `${count} series`,
    seed: 'seed',
    epoch: 'epoch',
    of: 'of',
    noData: 'Open a file or a sample first.',
    noRun: 'Press Train to fill this chart.',
    waiting: 'Waiting for the first epoch…',
  },
  ko: {
    failed: '이 차트를 그리지 못했습니다.',
    again: '다시 그리기',
    cluster: (number: number) => `군집 ${number}`,
    unassigned: '군집 없음',
    unlabelled: '레이블 없음',
    series: (count: string) => `시계열 ${count}개`,
    seed: '시드',
    epoch: '에포크',
    of: '/',
    noData: '먼저 파일이나 예제를 여세요.',
    noRun: '학습을 누르면 이 차트가 채워집니다.',
    waiting: '첫 에포크를 기다리는 중…',
  },
});
