import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Losses',
    scale: 'Scale of the losses',
    linear: 'Linear',
    log: 'Log',
    table: 'Table',
    axis: 'epoch',
    terms: 'Loss terms: click to show or hide, double-click to see one alone',
    summary: (epoch: number, values: string) => `Loss of each term over the epochs. At epoch ${epoch}: ${values}.`,
    empty: 'Loss of each term over the epochs. Nothing to show yet.',
    moved: (backend: string) => `Moved to ${backend}`,
  },
  ko: {
    title: '손실',
    scale: '손실 축',
    linear: '선형',
    log: '로그',
    table: '표',
    axis: '에포크',
    terms: '손실 항: 클릭하면 보이기/숨기기, 두 번 클릭하면 하나만 보기',
    summary: (epoch: number, values: string) => `에포크별 손실 항. 에포크 ${epoch}: ${values}.`,
    empty: '에포크별 손실 항. 아직 보여 줄 것이 없습니다.',
    moved: (backend: string) => `${backend}(으)로 옮김`,
  },
});
