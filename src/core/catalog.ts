/** Data only: what each method is called, where it comes from, and its options. The one core value that ui reads. */

export type OptionValue = number | boolean | string;

export interface NumberOption {
  kind: 'number' | 'integer';
  default: number;
  min: number;
  max: number;
  /** Values to offer as ticks or a list; any value in range is allowed. */
  suggestions?: readonly number[];
}
export interface ChoiceOption {
  kind: 'choice';
  default: string;
  choices: readonly string[];
}
export interface BooleanOption {
  kind: 'boolean';
  default: boolean;
}

export type OptionSpec = (NumberOption | ChoiceOption | BooleanOption) & {
  label: string;
  symbol?: string;
  unit?: string;
  /** One sentence. */
  doc: string;
  /** `loss`: a weight of a loss term, may change during a run. */
  group: 'model' | 'training' | 'loss';
};

export interface LossTerm {
  /** Key in the loss reports. */
  key: string;
  label: string;
  symbol: string;
  doc: string;
}

export interface MethodEntry {
  label: string;
  title: string;
  paper: string;
  /** Equations of methods.md, one line each. */
  equations: readonly string[];
  /** Source file of the implementation, from the root. */
  source: string;
  golden: string;
  differs: readonly string[];
  gaps: 'inside' | 'needsComplete';
  options: Readonly<Record<string, OptionSpec>>;
  losses: readonly LossTerm[];
}

export type MethodId = keyof typeof methods;

export const methods = {
  crli: {
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
    options: {
      hiddenUnits: { kind: 'integer', label: 'Hidden units', symbol: 'h', default: 50, min: 2, max: 256, suggestions: [50, 100, 150], doc: 'Units of each GRU layer in each direction.', group: 'model' },
      layers: { kind: 'integer', label: 'Layers', symbol: 'L', default: 1, min: 1, max: 3, suggestions: [1, 2, 3], doc: 'GRU layers stacked in each direction of the generator.', group: 'model' },
      learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam for both the generator and the discriminator.', group: 'training' },
      decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training' },
      batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 32, min: 1, max: 1024, suggestions: [16, 32, 64], doc: 'Series in one minibatch.', group: 'training' },
      fInterval: { kind: 'integer', label: 'F interval', unit: 'epochs', default: 1, min: 1, max: 1000, suggestions: [1, 5, 10], doc: 'Epochs between two updates of the cluster indicator F.', group: 'training' },
      clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training' },
      lambda: { kind: 'number', label: 'k-means weight', symbol: 'λ', default: 1e-4, min: 0, max: 1, suggestions: [1e-3, 1e-4, 1e-6, 1e-9], doc: 'Weight of the spectral k-means loss.', group: 'loss' },
      predictionWeight: { kind: 'number', label: 'Prediction weight', symbol: 'w_pre', default: 1, min: 0, max: 10, doc: 'Weight of the prediction loss on observed cells.', group: 'loss' },
      reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss on observed cells.', group: 'loss' },
      adversarialWeight: { kind: 'number', label: 'Adversarial weight', symbol: 'w_adv', default: 1, min: 0, max: 10, doc: 'Weight of the adversarial loss; 0 also skips the discriminator.', group: 'loss' },
    },
    losses: [
      { key: 'prediction', label: 'Prediction', symbol: 'L_pre', doc: 'Squared error of the one-step estimates on observed cells.' },
      { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_rec', doc: 'Squared error of the decoder on observed cells.' },
      { key: 'adversarial', label: 'Adversarial', symbol: 'L_adv', doc: 'How well filled cells pass as observed.' },
      { key: 'discriminator', label: 'Discriminator', symbol: 'L_D', doc: 'How badly the discriminator tells observed from filled cells.' },
      { key: 'kMeans', label: 'k-means', symbol: 'L_km', doc: 'Spectral k-means loss of the representations, per series.' },
    ],
  },
  dtcr: {
    label: 'DTCR',
    title: 'Deep Temporal Clustering Representation',
    paper: 'Ma, Zheng, Li and Cottrell (NeurIPS 2019)',
    equations: [
      'h_t = GRU(x_t, h_{t−d}), d = 1, 4, 16;  H = last outputs of all layers and directions',
      'L = L_rec + w_cls L_cls + λ/2 L_km',
      'L_cls = −1/(2N) Σ log softmax(y)[real or fake];  L_km = ‖H‖² − ‖H F‖²',
    ],
    source: 'src/core/nn/models/dtcr.ts',
    golden: 'src/core/nn/models/dtcr.test.ts',
    differs: [
      'F is indexed by series; the official code reshuffles the series and leaves the rows of F where they were.',
      'Fakes permute the chosen steps without repeats; the official code draws positions with replacement.',
      'L_rec is a mean over cells, so λ is that of the mean form; weight decay is on kernels only.',
      'Gaps are filled first, by the imputer of the options: the paper has complete series.',
    ],
    gaps: 'needsComplete',
    options: {
      imputer: { kind: 'choice', label: 'Fill gaps by', default: 'linear', choices: ['linear', 'columnMean', 'zero'], doc: 'DTCR needs complete series, so gaps are filled before it starts.', group: 'model' },
      encoder: { kind: 'choice', label: 'Encoder', default: 'small', choices: ['small', 'large'], doc: 'Units of the three layers in each direction: 50, 30, 30 or 100, 50, 50.', group: 'model' },
      learningRate: { kind: 'number', label: 'Learning rate', default: 0.005, min: 1e-6, max: 0.1, suggestions: [0.005, 0.001], doc: 'Step size of Adam.', group: 'training' },
      decay: { kind: 'choice', label: 'Decay', default: 'cosine', choices: ['none', 'cosine'], doc: 'Whether the learning rate falls to 0 over the epochs, so that the last epochs settle.', group: 'training' },
      batchSize: { kind: 'integer', label: 'Batch', symbol: 'B', unit: 'series', default: 128, min: 1, max: 1024, suggestions: [64, 128, 512], doc: 'Series in one minibatch, with as many fakes; all series at once when there are no more than this.', group: 'training' },
      fInterval: { kind: 'integer', label: 'F interval', unit: 'epochs', default: 10, min: 1, max: 1000, suggestions: [1, 10, 20], doc: 'Epochs between two updates of the cluster indicator F.', group: 'training' },
      fakeShare: { kind: 'number', label: 'Fake share', symbol: 'α', default: 0.2, min: 0.01, max: 1, suggestions: [0.2], doc: 'Share of the steps of a series that change places to make a fake.', group: 'training' },
      clipNorm: { kind: 'number', label: 'Clip norm', default: 5, min: 0.001, max: 1000, doc: 'Largest global norm of a gradient; longer gradients are scaled down to it.', group: 'training' },
      lambda: { kind: 'number', label: 'k-means weight', symbol: 'λ', default: 1e-2, min: 0, max: 1, suggestions: [1, 1e-1, 1e-2, 1e-3], doc: 'Weight of the spectral k-means loss; half of it is applied, as in the paper.', group: 'loss' },
      reconstructionWeight: { kind: 'number', label: 'Reconstruction weight', symbol: 'w_rec', default: 1, min: 0, max: 10, doc: 'Weight of the decoder loss.', group: 'loss' },
      classificationWeight: { kind: 'number', label: 'Classification weight', symbol: 'w_cls', default: 1, min: 0, max: 10, doc: 'Weight of telling real series from fakes; 0 also skips the fakes.', group: 'loss' },
    },
    losses: [
      { key: 'reconstruction', label: 'Reconstruction', symbol: 'L_rec', doc: 'Squared error of the decoder.' },
      { key: 'classification', label: 'Classification', symbol: 'L_cls', doc: 'How badly real series are told from fakes.' },
      { key: 'kMeans', label: 'k-means', symbol: 'L_km', doc: 'Spectral k-means loss of the representations, per series.' },
    ],
  },
} as const satisfies Record<string, MethodEntry>;

/** The entry of a method, widened for readers that do not know which it is. */
export function methodEntry(id: MethodId): MethodEntry {
  return methods[id];
}

/** The default options of a method. */
export function defaultOptions(id: MethodId): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(methodEntry(id).options).map(([key, option]) => [key, option.default]));
}

/** Updates that a run makes unless told otherwise: enough to settle, on small sets as on large ones. */
const UPDATES = 300;

/** Epochs to offer for N series in batches of `batchSize`: about 300 updates, 10 to 300 epochs. */
export function suggestedEpochs(n: number, batchSize: number): number {
  return Math.min(300, Math.max(10, Math.round(UPDATES / Math.ceil(n / batchSize))));
}
