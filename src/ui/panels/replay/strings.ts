import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Replay',
    slider: 'Epoch to show',
    play: 'Play the recorded epochs',
    pause: 'Stop playing',
    live: 'Live',
    liveTitle: 'Follow the newest epoch',
    back: 'One recorded epoch back',
    on: 'One recorded epoch on',
    at: (epoch: number, last: number) => `epoch ${epoch} of ${last}`,
    none: 'no epoch yet',
  },
  ko: {
    title: '다시 보기',
    slider: '보여 줄 에포크',
    play: '기록된 에포크 재생',
    pause: '재생 멈춤',
    live: '실시간',
    liveTitle: '최신 에포크 따라가기',
    back: '한 에포크 뒤로',
    on: '한 에포크 앞으로',
    at: (epoch: number, last: number) => `에포크 ${epoch} / ${last}`,
    none: '아직 에포크 없음',
  },
});
