/** A worker of the page that {@link bhtsneSide} opens: whole runs of our t-SNE and of wasm-bhtsne, in turns. */
import { createTsne } from '../src/core/projection/tsne/tsne';
import { latents, rowsOf } from './projectionPoints';

interface Bhtsne {
  default(): Promise<unknown>;
  initThreadPool(threads: number): Promise<unknown>;
  bhtSNEf32: new (data: number[][], options: { perplexity: number }) => { step(epochs: number): unknown };
}

const STEPS = 1000;
const TURN = 50;
const PEER = '/';

const clock = (run: () => void): number => {
  const started = performance.now();
  run();
  return performance.now() - started;
};

self.onmessage = async ({ data: sizes }: MessageEvent<number[]>) => {
  const { default: start, initThreadPool, bhtSNEf32 } = (await import(/* @vite-ignore */ PEER)) as Bhtsne;
  await start();
  await initThreadPool(1);
  const times = sizes.map((n) => {
    const points = latents(n);
    const rows = rowsOf(points);
    let ours!: ReturnType<typeof createTsne>;
    let theirs!: { step(epochs: number): unknown };
    const ms = { ours: clock(() => (ours = createTsne(points, { seed: 1 }))), theirs: clock(() => (theirs = new bhtSNEf32(rows, { perplexity: 30 }))) };
    for (let step = 0; step < STEPS; step += TURN) {
      ms.ours += clock(() => ours.step(TURN));
      ms.theirs += clock(() => theirs.step(TURN));
    }
    return { n, ours: ms.ours / STEPS, theirs: ms.theirs / STEPS };
  });
  self.postMessage(times, { transfer: [] });
};
