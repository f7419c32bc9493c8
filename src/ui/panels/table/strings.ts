import { defineStrings } from '../../store/hooks';

export const strings = defineStrings({
  en: {
    title: 'Table',
    filter: 'Filter by id or label',
    onlySelected: 'Selected only',
    columns: { id: 'Series', cluster: 'Cluster', confidence: 'Confidence', label: 'Label', missing: 'Missing' },
    count: (shown: string, all: string) => `${shown} of ${all}`,
    grid: 'Series: arrow keys move, Space selects, Shift extends, Escape clears',
    none: 'No series match.',
    selectAll: 'Select these',
    leaveOut: (count: string) => `Leave out the ${count} selected`,
    leaveOutTitle: 'Leave out the selected series?',
    leaveOutText: 'The file is read again without them, and the run is dropped. They can be taken back in Data.',
    keep: 'Keep them',
    goOn: 'Leave them out',
  },
  ko: {
    title: '표',
    filter: 'ID나 레이블로 찾기',
    onlySelected: '선택한 것만',
    columns: { id: '시계열', cluster: '군집', confidence: '확신도', label: '레이블', missing: '결측' },
    count: (shown: string, all: string) => `${all}개 중 ${shown}개`,
    grid: '시계열: 화살표로 이동, 스페이스로 선택, Shift로 범위, Esc로 해제',
    none: '맞는 시계열이 없습니다.',
    selectAll: '모두 선택',
    leaveOut: (count: string) => `선택한 ${count}개 빼기`,
    leaveOutTitle: '선택한 시계열을 뺄까요?',
    leaveOutText: '이 시계열을 빼고 파일을 다시 읽으며, 학습 결과는 사라집니다. 데이터에서 되돌릴 수 있습니다.',
    keep: '그대로 두기',
    goOn: '빼기',
  },
});
