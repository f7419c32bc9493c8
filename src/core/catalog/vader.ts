import type { MethodEntry } from './entry';

export const vader = {
  label: 'VaDER',
  title: 'Variational Deep Embedding with Recurrence',
  paper: 'de Jong, Emon, Wu, Karki, Sood, Godard, Ahmad, Vrooman, Hofmann-Apitius and Fröhlich (GigaScience 2019)',
  ko: { label: 'VaDER', title: '순환망 변분 심층 임베딩(Variational Deep Embedding with Recurrence)' },
  equations: [
    'x̃ = w x + (1 − w) A;  (μ̃, log s̃) = dense(GRU(x̃));  z = μ̃ + √s̃ ε;  x̂ = GRU(softplus(dense(z)))',
    'L = w_rec T D Σ w (x − x̂)² / Σ w + α L_latent',
    'L_latent = KL of N(μ̃, s̃) from the mixture Σ_c φ_c N(μ_c, s_c), with γ_c ∝ φ_c N(z; μ_c, s_c)',
  ],
  source: 'src/core/nn/models/vader.ts',
  golden: 'src/core/nn/models/vader.test.ts',
  differs: [
    'GRU cells instead of LSTM cells with peepholes; the authors offer both.',
    'Padding at either end of a series holds the state, so that series may differ in length.',
    'Wider, and with a larger step that decays, than the defaults of the package (12 and 2 units, 1e-3): these follow the other methods here.',
  ],
  gaps: 'inside',
  trains: true,
  updates: 1000,
  options: {
    hiddenUnits: { kind: 'integer', label: 'Hidden units', symbol: 'h', default: 36, min: 2, max: 256, suggestions: [12, 36, 128], doc: 'Units of the recurrent layers of encoder and decoder.', group: 'model', ko: { label: '은닉 유닛', doc: '인코더와 디코더의 순환 층 유닛 수.' } },
    latentUnits: { kind: 'integer', label: 'Latent units', symbol: 'M', default: 4, min: 1, max: 64, suggestions: [2, 4, 8], doc: 'Width of z.', group: 'model', ko: { label: '잠재 유닛', doc: 'z의 너비.' } },
    pretrainingSteps: { kind: 'integer', label: 'Pretraining', unit: 'updates', default: 300, min: 0, max: 100_000, suggestions: [100, 300, 1000], doc: 'Updates on the reconstruction alone before the mixture is fitted and joins; at most half of the run.', group: 'training', ko: { label: '사전 학습', doc: '혼합 분포가 합류하기 전에 복원만으로 갱신하는 횟수. 많아야 실행의 절반입니다.' } },
    learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam.', group: 'training', ko: { label: '학습률', doc: 'Adam의 보폭.' } },
    decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training', ko: { label: '학습률 감소', doc: '에포크가 지나며 학습률을 0까지 낮출지 정합니다. 마지막 에포크가 안정됩니다.' } },
    batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 32, min: 1, max: 1024, suggestions: [16, 32, 64], doc: 'Series in one minibatch.', group: 'training', ko: { label: '배치', doc: '미니배치 하나에 넣는 시계열 수.' } },
    clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training', ko: { label: '기울기 한도', doc: '기울기의 전체 노름 상한. 더 길면 이 길이로 줄입니다.' } },
    latentWeight: { kind: 'number', label: 'Latent weight', symbol: 'α', default: 1, min: 0, max: 100, suggestions: [0.1, 1, 10], doc: 'Weight of the divergence of the latent from its mixture.', group: 'loss', ko: { label: '잠재 가중치', doc: '잠재 표현이 혼합 분포에서 벗어난 정도에 주는 가중치.' } },
    reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss on observed cells.', group: 'loss', ko: { label: '복원 가중치', doc: '관측 셀의 디코더 손실 가중치.' } },
  },
  presets: {
    small: { label: 'As the package', doc: 'The defaults of its authors: 12 units, 2 latents, steps of 0.001.', ko: { label: '원저자 기본값', doc: '유닛 12개, 잠재 2개, 학습률 0.001.' }, options: { hiddenUnits: 12, latentUnits: 2, learningRate: 0.001 } },
  },
  losses: [
    { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_rec', doc: 'Squared error of the decoder on observed cells.', ko: { label: '재구성', doc: '관측 셀에서 디코더의 제곱 오차.' } },
    { key: 'latent', label: 'Latent', symbol: 'L_latent', doc: 'Divergence of the latent from its mixture of Gaussians; 0 while pretraining.', ko: { label: '잠재', doc: '잠재 표현과 가우스 혼합 사이의 발산. 사전 학습 동안은 0.' } },
  ],
} as const satisfies MethodEntry;
