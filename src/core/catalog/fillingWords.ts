import type { ChoiceWords } from './entry';
import type { ImputerId } from './imputer';

/** What each filling puts into a gap, a sentence each. */
export const fillingWords = {
  none: { doc: 'Gaps are left to the distance; where the map shows the series themselves, they lie on straight lines.', ko: '결측을 거리 계산에 맡깁니다. 지도가 시계열 자체를 보일 때는 직선으로 잇습니다.' },
  linear: { doc: 'On the straight line over time between the values before and after in the same series, held at its ends; a variable that a series never has takes the column mean.', ko: '같은 시계열의 앞뒤 값을 시간에 따라 직선으로 잇고, 양끝에서는 가까운 값을 그대로 씁니다. 한 번도 관측되지 않은 변수에는 열 평균을 씁니다.' },
  columnMean: { doc: 'The mean of the same step over the series that are observed there, or of the whole variable where none is.', ko: '같은 스텝에서 관측된 시계열들의 평균을 쓰고, 없으면 변수 전체의 평균을 씁니다.' },
  columnMedian: { doc: 'The median of the same step over the series that are observed there, or of the whole variable where none is.', ko: '같은 스텝에서 관측된 시계열들의 중앙값을 쓰고, 없으면 변수 전체의 중앙값을 씁니다.' },
  zero: { doc: '0 in the units that the method sees: the mean, once values are standardised.', ko: '방법이 보는 단위의 0을 씁니다. 표준화한 값에서는 평균입니다.' },
  forwardFill: { doc: 'The last value observed before in the same series; before the first one, that first one.', ko: '같은 시계열에서 바로 앞에 관측된 값을 쓰고, 첫 관측 전에는 첫 값을 씁니다.' },
  backwardFill: { doc: 'The next value observed after in the same series; after the last one, that last one.', ko: '같은 시계열에서 바로 뒤에 관측된 값을 쓰고, 마지막 관측 뒤에는 마지막 값을 씁니다.' },
  spline: { doc: 'On the smoothest curve over time through the values of the series (natural cubic spline), held at its ends; in long gaps it can leave their range.', ko: '같은 시계열의 값을 시간에 따라 잇는 가장 매끄러운 곡선(자연 3차 스플라인)을 쓰고, 양끝에서는 가까운 값을 그대로 씁니다. 긴 결측에서는 값의 범위를 벗어날 수 있습니다.' },
  seasonal: { doc: 'The mean of the values at the same phase of the period in the same series; a phase never seen there lies on a straight line.', ko: '같은 시계열에서 주기의 같은 위상에 있는 값들의 평균을 씁니다. 관측된 적 없는 위상은 직선으로 잇습니다.' },
  nearestSeries: { doc: 'The mean of that cell in the nearest series that have it, by the Euclidean distance over the cells seen in both (Troyanskaya et al., 2001).', ko: '그 셀이 관측된 가장 가까운 시계열들의 평균을 씁니다. 거리는 둘 다 관측된 셀의 유클리드 거리입니다(Troyanskaya 외, 2001).' },
  brits: { doc: 'Two LSTMs, trained first, tell each value from what stands before and after (Cao et al., NeurIPS 2018); ours has no regression between variables (RITS-I), reads no labels, and makes about 600 updates of 32 series.', ko: '먼저 학습한 두 LSTM이 앞과 뒤의 값에서 각 값을 예측합니다(Cao 외, NeurIPS 2018). 여기서는 변수 사이 회귀가 없고(RITS-I), 레이블을 읽지 않으며, 시계열 32개씩 약 600번 갱신합니다.' },
  crli: { doc: 'CRLI is trained first, with its default options, and its filled values are taken.', ko: 'CRLI를 기본 설정으로 먼저 학습하고, 그 채움값을 씁니다.' },
} as const satisfies Record<ImputerId | 'none', ChoiceWords>;
