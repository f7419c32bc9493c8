import type { MethodEntry } from './entry';
import { filling } from './imputer';

export const dtc = {
  label: 'DTC',
  title: 'Deep Temporal Clustering',
  paper: 'Madiraju, Sadat, Fisher and Karimabadi (2018)',
  ko: { label: 'DTC', title: '심층 시계열 군집화(Deep Temporal Clustering)' },
  equations: [
    'z = BiLSTM₁(BiLSTM₅₀(maxpool(LeakyReLU(conv(x)))));  x̂ = conv(upsample(z))',
    'q_ij ∝ 1 / (1 + siml(z_i, w_j));  p_ij ∝ q_ij² / Σ_i q_ij',
    'L = w_rec L_ae + γ KL(P ‖ Q)',
  ],
  source: 'src/core/nn/models/dtc.ts',
  golden: 'src/core/nn/models/dtc.test.ts',
  differs: [
    'P is made anew from the full set at an interval of epochs; the paper makes it at every step.',
    'The kernel takes siml² with EUCL, as DEC and two third-party codes do, and siml, as in the paper, with the others.',
    'Where complete linkage leaves a series alone, and above 2,000 series, the centroids start from k-means.',
    'Adam with clipping and cosine decay in both phases, 300 updates of pretraining; the paper is said to use 10 epochs of Adam, then SGD with step decay.',
    'CID multiplies by at most 10: latents of one unit have a small range, which makes the factor noisy.',
    'Gaps are filled first, by the imputer of the options: DTC has no notion of them.',
  ],
  gaps: 'needsComplete',
  trains: true,
  updates: 600,
  relevance: 'A convolution with one map a cluster learns, in 150 updates on the frozen latents of the epoch, to tell the clusters apart by the means of its maps; shown is the map of the cluster that the series is in, from least (0) to greatest (1) within the series.',
  options: {
    ...filling,
    similarity: { kind: 'choice', label: 'Similarity', symbol: 'siml', default: 'eucl', choices: ['eucl', 'cid', 'cor', 'acf'], doc: 'How latents are compared with centroids: Euclidean, complexity-invariant, correlation or autocorrelation.', group: 'model', ko: { label: '유사도', doc: '잠재 벡터와 중심을 비교하는 방법: 유클리드, 복잡도 불변, 상관, 자기상관.' } },
    kernel: { kind: 'choice', label: 'Kernel', default: 'auto', choices: ['auto', 'siml', 'squared'], doc: 'Whether the Student kernel takes the similarity or its square; auto: the square with the Euclidean one.', group: 'model', ko: { label: '커널', doc: '스튜던트 커널에 유사도를 쓸지 그 제곱을 쓸지. 자동: 유클리드이면 제곱.' } },
    pooling: { kind: 'integer', label: 'Pooling', symbol: 'P', unit: 'steps', default: 0, min: 0, max: 1000, suggestions: [0, 4, 8, 16], doc: 'Steps pooled into one of the latent; 0 chooses P so that the latent has 10 to 64 steps.', group: 'model', ko: { label: '풀링', doc: '잠재 표현의 한 스텝으로 묶을 스텝 수. 0이면 10~64 스텝이 되도록 고릅니다.' } },
    slope: { kind: 'number', label: 'Leak', default: 0.3, min: 0, max: 1, suggestions: [0.3, 0.01], doc: 'Slope of LeakyReLU below 0.', group: 'model', ko: { label: '누설', doc: '0 아래에서 LeakyReLU의 기울기.' } },
    start: { kind: 'choice', label: 'Start of the centroids', default: 'completeLinkage', choices: ['completeLinkage', 'kMeans'], doc: 'Where the centroids start after pretraining.', group: 'training', ko: { label: '중심의 시작', doc: '사전 학습 뒤 중심을 어디서 시작할지.' } },
    pretrainingSteps: { kind: 'integer', label: 'Pretraining', unit: 'updates', default: 300, min: 0, max: 100_000, suggestions: [100, 300, 1000], doc: 'Updates of the autoencoder alone before the clusters join; at most half of the run.', group: 'training', ko: { label: '사전 학습', doc: '군집이 합류하기 전에 오토인코더만 갱신하는 횟수. 많아야 실행의 절반입니다.' } },
    targetInterval: { kind: 'integer', label: 'Target interval', unit: 'epochs', default: 1, min: 1, max: 1000, suggestions: [1, 5], doc: 'Epochs between two updates of the target distribution P.', group: 'training', ko: { label: '목표 간격', doc: '목표 분포 P를 갱신하는 에포크 간격.' } },
    learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam.', group: 'training', ko: { label: '학습률', doc: 'Adam의 보폭.' } },
    decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training', ko: { label: '학습률 감소', doc: '에포크가 지나며 학습률을 0까지 낮출지 정합니다. 마지막 에포크가 안정됩니다.' } },
    batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 64, min: 1, max: 1024, suggestions: [32, 64, 128], doc: 'Series in one minibatch.', group: 'training', ko: { label: '배치', doc: '미니배치 하나에 넣는 시계열 수.' } },
    clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training', ko: { label: '기울기 한도', doc: '기울기의 전체 노름 상한. 더 길면 이 길이로 줄입니다.' } },
    gamma: { kind: 'number', label: 'Clustering weight', symbol: 'γ', default: 1, min: 0, max: 100, suggestions: [0.1, 1, 10], doc: 'Weight of the divergence from the sharpened target.', group: 'loss', ko: { label: '군집 가중치', doc: '날카롭게 한 목표와의 발산에 주는 가중치.' } },
    reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss.', group: 'loss', ko: { label: '복원 가중치', doc: '디코더 손실의 가중치.' } },
  },
  presets: {
    withoutClustering: { label: 'Without clustering loss', doc: 'The autoencoder alone; its latents start the clusters.', ko: { label: '군집 손실 없이', doc: '오토인코더만 남깁니다. 그 잠재 표현에서 군집을 시작합니다.' }, options: { gamma: 0 } },
  },
  losses: [
    { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_ae', doc: 'Squared error of the decoder.', ko: { label: '재구성', doc: '디코더의 제곱 오차.' } },
    { key: 'clustering', label: 'Clustering', symbol: 'KL', doc: 'Divergence of the soft assignments from the sharpened target; 0 while pretraining.', ko: { label: '군집', doc: '연성 배정과 날카롭게 한 목표 사이의 발산. 사전 학습 동안은 0.' } },
  ],
} as const satisfies MethodEntry;
