import type { ChoiceWords } from './entry';

/** What each distance does, with gaps and with series of unequal length too, a sentence each. */
export const distanceWords = {
  euclidean: { doc: 'Over the cells seen in both series, scaled up to all cells; a step that a series lacks counts as a gap.', ko: '둘 다 관측된 셀에서 재고 전체 셀 수에 맞춰 늘립니다. 짧은 시계열에 없는 스텝은 결측으로 봅니다.' },
  dtw: { doc: 'Along the cheapest alignment in time, so lengths may differ; steps without any observation are left out and the cost is scaled up, a variable missing beside others lies on straight lines.', ko: '시간을 가장 잘 맞춘 정렬을 따라 재므로 길이가 달라도 됩니다. 아무것도 관측되지 않은 스텝은 빼고 그만큼 비용을 늘리며, 일부 변수만 없으면 직선으로 잇습니다.' },
  softDtw: { doc: 'DTW with a soft minimum, less the mean of what each series has with itself, so that equal series are at 0; gaps and lengths as with DTW.', ko: '부드러운 최솟값을 쓰는 DTW에서 각 시계열이 자신과 갖는 값의 평균을 뺀 것으로, 같은 시계열은 0입니다. 결측과 길이는 DTW와 같습니다.' },
  shapeBased: { doc: 'One less the greatest cross-correlation over all shifts, so lengths may differ; gaps lie on straight lines, and the level counts unless each series is standardised.', ko: '1에서 모든 이동에 대한 최대 교차상관을 뺀 값이라 길이가 달라도 됩니다. 결측은 직선으로 잇고, 시계열별로 표준화하지 않으면 수준도 반영됩니다.' },
  complexityInvariant: { doc: 'The Euclidean distance times the ratio of the complexities of the two, which is cut at 10; complexity counts neighbouring steps that are both seen, gaps and lengths are as with the Euclidean distance.', ko: '유클리드 거리에 두 시계열의 복잡도 비(10에서 자름)를 곱합니다. 복잡도는 이웃한 두 스텝이 모두 관측된 곳에서 재고, 결측과 길이는 유클리드와 같습니다.' },
  correlation: { doc: 'By the correlation over the steps seen in both series, at least three, whatever their level and scale; a step that a series lacks counts as a gap.', ko: '둘 다 관측된 스텝(3개 이상)의 상관으로 재며, 수준과 크기는 보지 않습니다. 짧은 시계열에 없는 스텝은 결측으로 봅니다.' },
  autocorrelation: { doc: 'How alike two series vary, not when: each lag is a mean over the pairs of steps that are seen, and the lags that both series have are compared.', ko: '언제가 아니라 어떻게 변하는지를 비교합니다. 시차마다 관측된 스텝 쌍의 평균을 쓰고, 두 시계열에 모두 있는 시차를 비교합니다.' },
} as const satisfies Record<string, ChoiceWords>;
