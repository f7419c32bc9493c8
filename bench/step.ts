/**
 * `npm run bench -- step`: one CRLI training step (D step and G step of methods.md 5.3) on tfjs's wasm backend,
 * one thread, beside (a) the same step of stock tfjs operations on the same backend and (b) an eager PyTorch loop
 * on one thread. The three start from the same weights, must agree on the losses, and take turns. Each is one
 * thread of arithmetic, so the ratios are of processor time: on a quiet machine that is the time on the clock.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { registerGapAwareGruWasm } from '../src/core/nn/kernels/gapAwareGru/wasm';
import { crliModel } from '../src/core/nn/models/crli';
import { Adam } from '../src/core/nn/training/adam';
import { step } from '../src/core/nn/training/crli';
import { disposeMinibatch } from '../src/core/nn/training/minibatch';
import { childSide, timed, type Side, type StepTime } from './side';
import { minibatchOf, OPTIONS, problem, TERMS, type Problem } from './stepProblem';
import { digits, geometricMean, printTable, spread, timing, type Result, type Timing } from './timing';

const AIM = { torch: 5, stock: 50 };
/** Rounds before the clock counts: the engines compile in them. */
const WARM_UP = 8;
/** The slow stock side takes one turn in so many. */
const STOCK_EVERY = 4;
const PYTHON = process.env.PYTHON ?? 'python3';

const beside = (file: string): string => join(import.meta.dirname, file);

function ourSide(start: Problem): Side {
  const { D, H, B, K } = start;
  const model = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
  const generator = new Adam(Float32Array.from(start.generatorStart));
  const discriminator = new Adam(Float32Array.from(start.discriminatorStart));
  const batch = minibatchOf(start);
  const N = 2 * B; // more series than one batch holds, so L_km is the share of a minibatch
  const f = new Float32Array(N * K);
  f.set(start.f);
  const indicator = { f, centres: Float32Array.from(start.centres) };
  const option = (key: string): number => OPTIONS[key];
  const run = (): Tensor[] => [step(model, generator, discriminator, batch, N, indicator, option)];
  const stop = (): void => {
    generator.dispose();
    discriminator.dispose();
    disposeMinibatch(batch);
  };
  return { name: 'Lacuna wasm', step: () => timed(run), stop };
}

/** The version of PyTorch, or null where the interpreter has none. */
function torchVersion(): string | null {
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** The sides start from the same weights, so the losses of their first step must be the same. */
function checkSameStep(ours: number[], theirs: number[], peer: string): void {
  for (const [i, term] of TERMS.entries()) {
    const error = Math.abs(ours[i] - theirs[i]) / Math.max(Math.abs(ours[i]), 1e-3);
    if (!(error < 1e-3)) throw new Error(`${peer} does not make the same step: its ${term} loss is ${theirs[i]}, ours is ${ours[i]}`);
  }
}

async function race(sides: Side[], rounds: number): Promise<{ cpu: Timing; clock: Timing }[]> {
  const times: StepTime[][] = sides.map(() => []);
  const first = [];
  for (const side of sides) first.push((await side.step()).losses);
  for (const [i, losses] of first.entries()) checkSameStep(first[0], losses, sides[i].name);
  for (let round = 1; round <= rounds + WARM_UP; round++) {
    for (const [i, side] of sides.entries()) {
      if (side.name.startsWith('stock') && round % STOCK_EVERY !== 0) continue;
      const time = await side.step();
      if (round > WARM_UP) times[i].push(time);
    }
  }
  return times.map((all) => ({ cpu: timing(all.map(({ cpu }) => cpu)), clock: timing(all.map(({ ms }) => ms)) }));
}

export async function stepBench(): Promise<Result> {
  registerGapAwareGruWasm();
  await setBackend('wasm');
  await ready();
  const version = torchVersion();
  const rounds = Number(process.env.BENCH_ROUNDS ?? 20);
  const rows: Result['rows'] = [];
  const table = [['case', 'side', 'processor ms a step: median (quartiles)', 'on the clock', 'times ours']];
  for (const H of [50, 100]) {
    const start = problem(32, 150, 1, H);
    const sides = [ourSide(start), await childSide('stock tfjs wasm', process.execPath, ['--import', 'tsx', beside('stepStock.ts')], start)];
    if (version) sides.push(await childSide(`PyTorch ${version} eager`, PYTHON, [beside('step_torch.py')], start));
    const times = await race(sides, rounds);
    sides.forEach((side) => side.stop());
    const name = `B ${start.B}, T ${start.T}, D ${start.D}, H ${H}, L 1`;
    for (const [i, { name: side }] of sides.entries()) {
      const ratio = times[i].cpu.median / times[0].cpu.median;
      table.push([name, side, spread(times[i].cpu), digits(times[i].clock.median), i === 0 ? '' : digits(ratio)]);
      if (i > 0) rows.push({ case: name, ours: times[0].cpu.median, peer: times[i].cpu.median, peerName: side, ratio });
    }
    if (!version) {
      table.push([name, `PyTorch: absent (${PYTHON} has no torch)`, '', '', '']);
      rows.push({ case: name, ours: times[0].cpu.median, peer: null, peerName: 'PyTorch eager (absent)', ratio: null });
    }
  }
  printTable(table);
  const ratios = (peer: string): number[] => rows.flatMap(({ peerName, ratio }) => (peerName.startsWith(peer) && ratio !== null ? [ratio] : []));
  const torch = ratios('PyTorch');
  const stock = ratios('stock');
  return {
    bench: 'step',
    rows,
    summary: { geometricMeanToTorch: torch.length > 0 ? geometricMean(torch) : null, geometricMeanToStock: geometricMean(stock) },
    aim: `geometric mean at least ${AIM.torch} x PyTorch eager and ${AIM.stock} x stock tfjs operations, one thread`,
    met: torch.length > 0 && geometricMean(torch) >= AIM.torch && geometricMean(stock) >= AIM.stock,
    bounds: 'the recurrences run near the arithmetic of one core (see `kernel`), so a step has little left to give on one thread; PyTorch gains with H, as its operators then spend their time in matrix products too. Threads are not used yet. Tried: fused multiply-add where the engine has it, one forward pass of the generator for both steps, lanes turned in registers.',
  };
}
