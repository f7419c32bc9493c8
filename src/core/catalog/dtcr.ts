import type { MethodEntry } from './entry';
import { filling } from './imputer';

/** All series at once, and a λ with which a misleading F has weight. */
const robustness = { lambda: 10, batchSize: 512, learningRate: 0.002, decay: 'none' };

export const dtcr = {
  label: 'DTCR',
  title: 'Deep Temporal Clustering Representation',
  paper: 'Ma, Zheng, Li and Cottrell (NeurIPS 2019)',
  ko: { label: 'DTCR', title: '심층 시계열 군집 표현(Deep Temporal Clustering Representation)' },
  equations: [
    'h_t = GRU(x_t, h_{t−d}), d = 1, 4, 16;  H = last outputs of all layers and directions',
    'L = w_rec L_rec + w_cls L_cls + λ/2 L_km + w_dec ‖kernels‖²/2',
    'L_cls = −1/(2N) Σ log softmax(y)[real or fake];  L_km = ‖H‖² − ‖H F‖²',
  ],
  source: 'src/core/nn/models/dtcr.ts',
  golden: 'src/core/nn/models/dtcr.test.ts',
  differs: [
    'F is indexed by series; the official code reshuffles the series and leaves the rows of F where they were.',
    'Fakes permute the chosen steps without repeats; the official code draws positions with replacement.',
    'L_rec is a mean over cells, and so is L_km over the entries of H unless the scale is the sum: λ = 1, the largest of the paper, is meant for the mean.',
    'Weight decay is on kernels only; the code has it on all weights, the paper has none.',
    'The F interval counts epochs, which are the iterations of the paper only where all series make one batch.',
    'Above 32 series the batches are of 32, with the centre form of L_km: three times as many updates for less arithmetic than 300 on batches of 128; the paper takes all series at once.',
    'The learning rate falls along a cosine, and gradients are clipped.',
    'Gaps are filled first, by the imputer of the options: the paper has complete series.',
  ],
  gaps: 'needsComplete',
  trains: true,
  updates: 900,
  options: {
    ...filling,
    encoder: { kind: 'choice', label: 'Encoder', default: 'small', choices: ['small', 'large'], doc: 'Units of the three layers in each direction: 50, 30, 30 or 100, 50, 50.', group: 'model', ko: { label: '인코더', doc: '방향별 세 층의 유닛 수.' } },
    learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam.', group: 'training', ko: { label: '학습률', doc: 'Adam의 보폭.' } },
    decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training', ko: { label: '학습률 감소', doc: '에포크가 지나며 학습률을 0까지 낮출지 정합니다. 마지막 에포크가 안정됩니다.' } },
    batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 32, min: 1, max: 1024, suggestions: [32, 128, 512], doc: 'Series in one minibatch, with as many fakes; all series at once when there are no more than this.', group: 'training', ko: { label: '배치', doc: '미니배치 하나에 넣는 시계열 수.' } },
    fInterval: { kind: 'integer', label: 'F interval', unit: 'epochs', default: 10, min: 1, max: 1000, suggestions: [1, 10, 20], doc: 'Epochs between two updates of the cluster indicator F.', group: 'training', ko: { label: 'F 간격', doc: '군집 지시 행렬 F를 갱신하는 에포크 간격.' } },
    fakeShare: { kind: 'number', label: 'Fake share', symbol: 'α', default: 0.2, min: 0.01, max: 1, suggestions: [0.2], doc: 'Share of the steps of a series that change places to make a fake.', group: 'training', ko: { label: '가짜 비율', doc: '가짜를 만들 때 자리를 바꾸는 스텝의 비율.' } },
    misleadingF: { kind: 'choice', label: 'Misleading F', default: 'none', choices: ['none', 'withoutReconstruction', 'withoutClassification'], doc: 'Experiment: in the middle third of the epochs the rows of F are shuffled and frozen and the named loss is off; in the last third everything is back and F is made anew.', group: 'model', ko: { label: '잘못된 F', doc: '실험: 가운데 3분의 1 에포크 동안 F의 행을 섞어 고정하고 고른 손실을 끕니다. 마지막 3분의 1에는 모두 되돌리고 F를 새로 만듭니다.' } },
    clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training', ko: { label: '기울기 한도', doc: '기울기의 전체 노름 상한. 더 길면 이 길이로 줄입니다.' } },
    lambda: { kind: 'number', label: 'k-means weight', symbol: 'λ', default: 1, min: 0, max: 1000, suggestions: [100, 10, 1, 1e-2, 1e-3], doc: 'Weight of the spectral k-means loss; half of it is applied, as in the paper.', group: 'loss', ko: { label: 'k-평균 가중치', doc: '스펙트럼 k-평균 손실의 가중치.' } },
    kMeansScale: { kind: 'choice', label: 'k-means scale', default: 'mean', choices: ['mean', 'sum'], doc: 'Whether λ weighs the mean of the k-means loss over the entries of H, so that it means the same for any number of series, or the sum of the paper.', group: 'loss', ko: { label: 'k-평균 척도', doc: 'λ를 H의 원소 평균에 곱할지(시계열 수와 무관), 논문처럼 합에 곱할지 정합니다.' } },
    reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss.', group: 'loss', ko: { label: '복원 가중치', doc: '디코더 손실의 가중치.' } },
    classificationWeight: { kind: 'number', label: 'Classification weight', symbol: 'w_cls', default: 1, min: 0, max: 10, doc: 'Weight of telling real series from fakes; 0 also skips the fakes.', group: 'loss', ko: { label: '분류 가중치', doc: '진짜와 가짜를 가르는 손실의 가중치. 0이면 가짜도 건너뜁니다.' } },
    weightDecay: { kind: 'number', label: 'Weight decay', symbol: 'w_dec', default: 1e-4, min: 0, max: 1, suggestions: [0, 1e-4, 1e-3], doc: 'Weight of half the squared norm of all kernels.', group: 'loss', ko: { label: '가중치 감쇠', doc: '모든 커널의 제곱 노름 절반에 주는 가중치.' } },
  },
  presets: {
    withoutKMeans: { label: 'Without k-means loss', doc: 'Encoder, decoder and classifier alone.', ko: { label: 'k-평균 손실 없이', doc: '인코더, 디코더, 분류기만 남깁니다.' }, options: { lambda: 0 } },
    withoutClassification: { label: 'Without classification', doc: 'No fakes and no classifier.', ko: { label: '분류 없이', doc: '가짜 시계열과 분류기를 쓰지 않습니다.' }, options: { classificationWeight: 0 } },
    robustnessClassifier: { label: 'Misleading F, classifier only', doc: 'Robustness of F: does the classifier alone mend a shuffled F? The paper says no. Watch the scores in the three thirds.', ko: { label: '잘못된 F, 분류기만', doc: 'F의 강건성: 섞인 F를 분류기만으로 바로잡는지 봅니다. 논문은 아니라고 합니다. 세 구간의 점수를 비교하세요.' }, options: { misleadingF: 'withoutReconstruction', ...robustness } },
    robustnessDecoder: { label: 'Misleading F, decoder only', doc: 'Robustness of F: does reconstruction alone mend a shuffled F? The paper says yes. Watch the scores in the three thirds.', ko: { label: '잘못된 F, 디코더만', doc: 'F의 강건성: 섞인 F를 복원만으로 바로잡는지 봅니다. 논문은 그렇다고 합니다. 세 구간의 점수를 비교하세요.' }, options: { misleadingF: 'withoutClassification', ...robustness } },
    paper: { label: 'As the paper', doc: 'The large encoder, λ = 0.01 on the sum of the k-means loss, all series at once up to 512, no decay.', ko: { label: '논문대로', doc: '큰 인코더, 합에 곱하는 λ = 0.01, 512개까지 한 번에, 학습률 감소 없음.' }, options: { encoder: 'large', kMeansScale: 'sum', lambda: 0.01, batchSize: 512, decay: 'none' } },
  },
  losses: [
    { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_rec', doc: 'Squared error of the decoder.', ko: { label: '재구성', doc: '디코더의 제곱 오차.' } },
    { key: 'classification', label: 'Classification', symbol: 'L_cls', doc: 'How badly real series are told from fakes.', ko: { label: '분류', doc: '진짜 시계열과 가짜를 가리지 못하는 정도.' } },
    { key: 'kMeans', label: 'k-means', symbol: 'L_km', doc: 'Spectral k-means loss of the representations, per series.', ko: { label: 'k-평균', doc: '표현의 스펙트럼 k-평균 손실(시계열당).' } },
  ],
} as const satisfies MethodEntry;
