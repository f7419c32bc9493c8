import type { MethodEntry } from './entry';

export const crli = {
  label: 'CRLI',
  title: 'Clustering Representation Learning on Incomplete time series',
  paper: 'Ma, Chen, Li and Cottrell (AAAI 2021)',
  equations: [
    'x̂_t = W_imp h_{t−1} + b_imp;  u_t = m_t x_t + (1 − m_t) x̂_t;  h_t = GRU(u_t, h_{t−1})',
    'L = L_pre + L_rec + w_adv L_adv + λ L_km',
    'L_km = ‖H‖² − ‖H F‖²; in minibatches ‖H_b − C F_bᵀ‖², C = H F',
  ],
  source: 'src/core/nn/models/crli.ts',
  golden: 'src/core/nn/models/crli.test.ts',
  differs: [
    'The estimate of x_t comes from the state before it only; the official input function lags one step.',
    'One F row a sample with full-set updates and the centre form in minibatches; the official code uses the last batch.',
    'The generator step leaves the discriminator unchanged; the official code updates it too.',
    'L_adv and L_D are means over the entries they refer to; the official code sums over T and D.',
    'λ is 1e-4 unless set: with one F row a sample, the 1e-3 of the code presses H onto K directions before the decoder has formed it.',
  ],
  gaps: 'inside',
  trains: true,
  options: {
    hiddenUnits: { kind: 'integer', label: 'Hidden units', symbol: 'h', default: 50, min: 2, max: 256, suggestions: [50, 100, 150], doc: 'Units of each GRU layer in each direction.', group: 'model', ko: { label: '은닉 유닛', doc: 'GRU 층마다 방향별 유닛 수.' } },
    layers: { kind: 'integer', label: 'Layers', symbol: 'L', default: 1, min: 1, max: 3, suggestions: [1, 2, 3], doc: 'GRU layers stacked in each direction of the generator.', group: 'model', ko: { label: '층', doc: '생성기의 방향별로 쌓는 GRU 층 수.' } },
    learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam for both the generator and the discriminator.', group: 'training', ko: { label: '학습률', doc: '생성기와 판별기에 쓰는 Adam의 보폭.' } },
    decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training', ko: { label: '학습률 감소', doc: '에포크가 지나며 학습률을 0까지 낮출지 정합니다. 마지막 에포크가 안정됩니다.' } },
    batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 32, min: 1, max: 1024, suggestions: [16, 32, 64], doc: 'Series in one minibatch.', group: 'training', ko: { label: '배치', doc: '미니배치 하나에 넣는 시계열 수.' } },
    fInterval: { kind: 'integer', label: 'F interval', unit: 'epochs', default: 1, min: 1, max: 1000, suggestions: [1, 5, 10], doc: 'Epochs between two updates of the cluster indicator F.', group: 'training', ko: { label: 'F 간격', doc: '군집 지시 행렬 F를 갱신하는 에포크 간격.' } },
    clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training', ko: { label: '기울기 한도', doc: '기울기의 전체 노름 상한. 더 길면 이 길이로 줄입니다.' } },
    lambda: { kind: 'number', label: 'k-means weight', symbol: 'λ', default: 1e-4, min: 0, max: 1, suggestions: [1e-3, 1e-4, 1e-6, 1e-9], doc: 'Weight of the spectral k-means loss.', group: 'loss', ko: { label: 'k-평균 가중치', doc: '스펙트럼 k-평균 손실의 가중치.' } },
    predictionWeight: { kind: 'number', label: 'Prediction weight', symbol: 'w_pre', default: 1, min: 0, max: 10, doc: 'Weight of the prediction loss on observed cells.', group: 'loss', ko: { label: '예측 가중치', doc: '관측 셀의 예측 손실 가중치.' } },
    reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss on observed cells.', group: 'loss', ko: { label: '복원 가중치', doc: '관측 셀의 디코더 손실 가중치.' } },
    adversarialWeight: { kind: 'number', label: 'Adversarial weight', symbol: 'w_adv', default: 1, min: 0, max: 10, doc: 'Weight of the adversarial loss; 0 also skips the discriminator.', group: 'loss', ko: { label: '적대 가중치', doc: '적대 손실의 가중치. 0이면 판별기도 건너뜁니다.' } },
  },
  losses: [
    { key: 'prediction', label: 'Prediction', symbol: 'L_pre', doc: 'Squared error of the one-step estimates on observed cells.' },
    { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_rec', doc: 'Squared error of the decoder on observed cells.' },
    { key: 'adversarial', label: 'Adversarial', symbol: 'L_adv', doc: 'How well filled cells pass as observed.' },
    { key: 'discriminator', label: 'Discriminator', symbol: 'L_D', doc: 'How badly the discriminator tells observed from filled cells.' },
    { key: 'kMeans', label: 'k-means', symbol: 'L_km', doc: 'Spectral k-means loss of the representations, per series.' },
  ],
} as const satisfies MethodEntry;
