import { DivergenceError, type Method, type Relevance, type Report } from '../../core/run';

export interface TinyOptions {
  batches?: number;
  /** Called before each batch, with its epoch and number from 1; may wait or throw. */
  beforeBatch?: (epoch: number, batch: number) => Promise<void> | void;
  divergesIn?: number;
  onEnd?: () => void;
}

/** A method without mathematics: its state is one number, so that a resumed run can be told from a fresh one. */
export function tinyMethod({ batches = 3, beforeBatch, divergesIn, onEnd }: TinyOptions = {}): Method {
  return async function* tiny(data, spec, live, from): AsyncGenerator<Report, void, void> {
    let state = from ? from.arrays.state[0] : spec.seed;
    try {
      for (let epoch = (from?.epoch ?? 0) + 1; epoch <= spec.epochs; epoch++) {
        for (let batch = 1; batch <= batches; batch++) {
          await beforeBatch?.(epoch, batch);
          state = Math.fround(state * 0.9 + Number(live.options.lambda) + batch);
          yield { kind: 'batch', epoch, batch, batches };
        }
        if (epoch === divergesIn) throw new DivergenceError('the prediction loss', epoch);
        yield {
          kind: 'epoch',
          epoch,
          losses: { prediction: state },
          snapshot: {
            epoch,
            latents: Float32Array.from({ length: data.n * 2 }, (_, at) => at / 10 + epoch),
            latentWidth: 2,
            assignments: Int32Array.from({ length: data.n }, (_, i) => (i < data.n / 2 ? 0 : 1)),
            confidence: new Float32Array(data.n).fill(0.75),
            imputed: Float32Array.from(data.gaps, () => 0.1 * epoch),
          },
          checkpoint: { method: spec.method, epoch, arrays: { state: Float32Array.of(state) }, numbers: {} },
        };
      }
    } finally {
      onEnd?.();
    }
  };
}

/** One over the epoch, by the latents, on every step; made in four parts. */
export const tinyRelevance: Relevance = async function* tinyRelevance({ n, t }, _, { latents }) {
  for (let part = 1; part <= 4; part++) yield part / 4;
  return new Float32Array(n * t).fill(1 / latents[0]);
};
