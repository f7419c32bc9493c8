/**
 * `npm run bench -- step`: one CRLI training step (D step and G step of methods.md 5.3) on tfjs's wasm backend,
 * one thread, beside (a) the same step of stock tfjs operations on the same backend and (b) an eager PyTorch loop
 * on one thread. The three start from the same weights, must agree on the losses, and take turns.
 */
import './stockGradients';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import { ones, ready, setBackend, tensor2d, tensor3d, tidy, type Scalar } from '@tensorflow/tfjs-core';
import { Random } from '../src/core/lib/random';
import { registerGapAwareGruWasm } from '../src/core/nn/kernels/gapAwareGru/wasm';
import { crliModel } from '../src/core/nn/models/crli';
import { Adam } from '../src/core/nn/training/adam';
import { discriminatorStep, generatorStep } from '../src/core/nn/training/crli';
import type { Minibatch } from '../src/core/nn/training/minibatch';
import { stockStep } from './stockCrli';
import { digits, geometricMean, printTable, spread, timing, type Result, type Timing } from './timing';

const [B, T, D, K, N] = [32, 150, 1, 3, 64];
const DISCRIMINATOR = [32, 16, 8, 16, 32];
const OPTIONS: Record<string, number> = { learningRate: 0.005, clipNorm: 5, lambda: 1e-3, predictionWeight: 1, reconstructionWeight: 1, adversarialWeight: 1 };
const TERMS = ['prediction', 'reconstruction', 'adversarial', 'k-means', 'discriminator'];
const FLOOR = { torch: 1, stock: 30 };
const WARM_UP = 3;

/** One side of the comparison: makes a step, tells how long it took and its losses in the order of TERMS. */
interface Side {
  name: string;
  step(): Promise<{ ms: number; losses: number[] }>;
  stop(): void;
}

interface Problem {
  hidden: number;
  x: Float32Array;
  mask: Float32Array;
  f: Float32Array;
  centres: Float32Array;
  generator: Float32Array;
  discriminator: Float32Array;
}

/** Sines with noise and 30 % gaps, and start values that all sides share. */
function problem(hidden: number): Problem {
  const random = new Random(hidden);
  const model = crliModel({ variables: D, hiddenUnits: hidden, layers: 1 });
  const mask = Float32Array.from({ length: B * T * D }, () => (random.uniform() < 0.7 ? 1 : 0));
  const x = mask.map((m, i) => (m === 0 ? 0 : Math.sin((i % T) * (0.1 + 0.05 * (Math.floor(i / T) % K))) + 0.2 * random.normal()));
  return {
    hidden,
    x,
    mask,
    f: Float32Array.from({ length: N * K }, () => random.normal() / Math.sqrt(N)),
    centres: Float32Array.from({ length: model.latentWidth * K }, () => 0.1 * random.normal()),
    generator: model.generator.initialise(random.fork(0)),
    discriminator: model.discriminator.initialise(random.fork(1)),
  };
}

async function timed(run: () => Scalar[]): Promise<{ ms: number; losses: number[] }> {
  const started = performance.now();
  const terms = run();
  const losses = await Promise.all(terms.map(async (term) => (await term.data())[0]));
  const ms = performance.now() - started;
  terms.forEach((term) => term.dispose());
  return { ms, losses };
}

/** Both tfjs sides; they differ in how the recurrences are computed. */
function tfjsSide({ hidden, x, mask, f, centres, generator: g, discriminator: d }: Problem, stock: boolean): Side {
  const model = crliModel({ variables: D, hiddenUnits: hidden, layers: 1 });
  const generator = new Adam(g);
  const discriminator = new Adam(d);
  const batch: Minibatch = {
    series: Int32Array.from({ length: B }, (_, b) => b),
    x: tensor3d(x, [B, T, D]),
    mask: tensor3d(mask, [B, T, D]),
    valid: ones([B, T]),
    rows: ones([B, 1]),
  };
  const rows = tensor2d(f.slice(0, B * K), [B, K]);
  const c = tensor2d(centres, [model.latentWidth, K]);
  const option = (key: string): number => OPTIONS[key];
  const ours = (): Scalar[] =>
    tidy(() => {
      const [discriminatorLoss] = discriminatorStep(model, generator, discriminator, batch, option);
      return [...generatorStep(model, generator, discriminator, batch, N, { f, centres }, option).slice(0, 4), discriminatorLoss];
    });
  const theirs = (): Scalar[] => stockStep(model, [hidden], DISCRIMINATOR, generator, discriminator, batch, rows, c, OPTIONS.lambda, OPTIONS.learningRate, OPTIONS.clipNorm);
  return {
    name: stock ? 'stock tfjs wasm' : 'Lacuna wasm',
    step: () => timed(stock ? theirs : ours),
    stop: () => {
      generator.dispose();
      discriminator.dispose();
      [batch.x, batch.mask, batch.valid, batch.rows, rows, c].forEach((tensor) => tensor.dispose());
    },
  };
}

const PYTHON = process.env.PYTHON ?? 'python3';

/** The version of PyTorch, or null where the interpreter has none. */
function torchVersion(): string | null {
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

async function torchSide({ hidden, generator, discriminator, ...data }: Problem, version: string): Promise<Side> {
  const environment = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(PYTHON, [join(import.meta.dirname, 'step_torch.py')], { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]): never[] => {
    if (code !== 0) throw new Error(`step_torch.py ended with code ${code}`);
    return [];
  });
  const ask = async (line: string): Promise<{ ms: number; losses: number[] }> => {
    const answer = Promise.race([once(lines, 'line'), ended]);
    child.stdin.write(`${line}\n`);
    return JSON.parse((await answer)[0] as string) as { ms: number; losses: number[] };
  };
  const plain = Object.fromEntries(Object.entries({ ...data, generatorStart: generator, discriminatorStart: discriminator, f: data.f.slice(0, B * K) }).map(([key, values]) => [key, [...values]]));
  await ask(JSON.stringify({ ...plain, B, T, D, H: hidden, discriminator: DISCRIMINATOR, rate: OPTIONS.learningRate, clip: OPTIONS.clipNorm, lambda: OPTIONS.lambda }));
  return { name: `PyTorch ${version} eager`, step: () => ask('step'), stop: () => void child.stdin.end() };
}

/** The sides start from the same weights, so the losses of their first step must be the same. */
function checkSameStep(ours: number[], theirs: number[], peer: string): void {
  for (const [i, term] of TERMS.entries()) {
    const error = Math.abs(ours[i] - theirs[i]) / Math.max(Math.abs(ours[i]), 1e-3);
    if (!(error < 1e-3)) throw new Error(`${peer} does not make the same step: its ${term} loss is ${theirs[i]}, ours is ${ours[i]}`);
  }
}

/** All sides in turn; the slow stock side takes every fifth turn. */
async function race(sides: Side[], rounds: number): Promise<Timing[]> {
  const times: number[][] = sides.map(() => []);
  const first = [];
  for (const side of sides) first.push((await side.step()).losses);
  for (const [i, losses] of first.entries()) checkSameStep(first[0], losses, sides[i].name);
  for (let round = 0; round < rounds + WARM_UP; round++) {
    for (const [i, side] of sides.entries()) {
      if (side.name.startsWith('stock') && round % 5 !== 4) continue;
      const { ms } = await side.step();
      if (round >= WARM_UP) times[i].push(ms);
    }
  }
  return times.map(timing);
}

export async function step(): Promise<Result> {
  registerGapAwareGruWasm();
  await setBackend('wasm');
  await ready();
  const version = torchVersion();
  const rounds = Number(process.env.BENCH_ROUNDS ?? 20);
  const rows: Result['rows'] = [];
  const table = [['case', 'side', 'ms a step: median (quartiles)', 'times ours']];
  for (const hidden of [50, 100]) {
    const start = problem(hidden);
    const sides = [tfjsSide(start, false), tfjsSide(start, true), ...(version ? [await torchSide(start, version)] : [])];
    const times = await race(sides, rounds);
    sides.forEach((side) => side.stop());
    const name = `B ${B}, T ${T}, D ${D}, H ${hidden}, L 1`;
    for (const [i, { name: side }] of sides.entries()) {
      const ratio = times[i].median / times[0].median;
      table.push([name, side, spread(times[i]), i === 0 ? '' : digits(ratio)]);
      if (i > 0) rows.push({ case: name, ours: times[0].median, peer: times[i].median, peerName: side, ratio });
    }
    if (!version) {
      table.push([name, `PyTorch: absent (${PYTHON} has no torch)`, '', '']);
      rows.push({ case: name, ours: times[0].median, peer: null, peerName: 'PyTorch eager (absent)', ratio: null });
    }
  }
  printTable(table);
  const ratios = (of: 'stock' | 'PyTorch'): number[] => rows.flatMap(({ peerName, ratio }) => (peerName.startsWith(of) && ratio !== null ? [ratio] : []));
  const torch = ratios('PyTorch');
  const stock = ratios('stock');
  const summary = { geometricMeanToTorch: torch.length > 0 ? geometricMean(torch) : null, geometricMeanToStock: geometricMean(stock) };
  return {
    bench: 'step',
    rows,
    summary,
    aim: `every case >= ${FLOOR.torch} x PyTorch eager and >= ${FLOOR.stock} x stock tfjs operations, one thread`,
    met: torch.length > 0 && Math.min(...torch) >= FLOOR.torch && Math.min(...stock) >= FLOOR.stock,
  };
}
