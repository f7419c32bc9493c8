import type { ExportFile } from '../../../engine/protocol';
import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Take the results away',
    note: 'Written from the newest epoch, so that reading them back gives the same numbers.',
    empty: 'There is nothing to export yet. Train first; files can be written while a run is paused, too.',
    choose: 'Files to write',
    files: {
      assignments: { name: 'assignments.csv', about: 'Each series with its cluster, confidence and place on the map' },
      imputed: { name: 'imputed.csv', about: 'Your table with the gaps filled; original cells untouched' },
      filledCells: { name: 'filled-cells.csv', about: 'The list of filled cells with their values' },
      latent: { name: 'latent.csv', about: 'The representation of each series that the model learned' },
      run: { name: 'run.json', about: 'Settings, seed, versions, losses and scores: enough to repeat the run' },
    } as Record<ExportFile, { name: string; about: string }>,
    write: 'Prepare files',
    writing: 'Preparing…',
    ready: 'Ready to download',
    download: (name: string) => `Download ${name}`,
    downloadAll: 'Download all',
    stale: 'Training went on since these files were written. Prepare them again for the newest epoch.',
    preview: 'Preview of run.json',
    failed: 'The files could not be written',
    tryAgain: 'Try again',
  },
  ko: {
    title: '결과 가져가기',
    note: '가장 최근 에포크에서 만듭니다. 다시 읽으면 똑같은 수가 나옵니다.',
    empty: '아직 내보낼 것이 없습니다. 먼저 학습하세요. 일시정지 중에도 파일을 만들 수 있습니다.',
    choose: '만들 파일',
    files: {
      assignments: { name: 'assignments.csv', about: '시계열마다 군집, 확신도, 지도 위의 위치' },
      imputed: { name: 'imputed.csv', about: '결측을 채운 표. 원래 셀은 그대로입니다' },
      filledCells: { name: 'filled-cells.csv', about: '채운 셀과 값의 목록' },
      latent: { name: 'latent.csv', about: '모델이 배운 시계열별 잠재 표현' },
      run: { name: 'run.json', about: '설정, 시드, 버전, 손실, 점수. 같은 실행을 되풀이하기에 충분합니다' },
    },
    write: '파일 만들기',
    writing: '만드는 중…',
    ready: '내려받을 수 있습니다',
    download: (name: string) => `${name} 내려받기`,
    downloadAll: '모두 내려받기',
    stale: '파일을 만든 뒤로 학습이 더 진행되었습니다. 최신 에포크로 다시 만드세요.',
    preview: 'run.json 미리보기',
    failed: '파일을 만들지 못했습니다',
    tryAgain: '다시 시도',
  },
});
