/**
 * `npm run bench -- step`: one training step of CRLI (D step and G step of methods.md 5.3), DTCR and DTC on tfjs's
 * wasm backend, beside (a) the same step of stock tfjs operations on the same backend and (b) eager PyTorch with as
 * many threads: CRLI as a loop over time, DTCR with nn.GRU and nn.GRUCell, DTC with nn.Conv1d and nn.LSTM. All sides
 * start from the same weights and must agree on the losses, but for nn.GRU, which is another cell (its reset gate acts
 * after the product) of about the same arithmetic. They take turns. On one thread the ratios are of processor time,
 * which is the time on the clock of a quiet machine; on more they are of the clock.
 *
 * With threads, our step on one thread stands beside as well.
 *
 * BENCH_ROUNDS sets the rounds of a short case; BENCH_MODELS, BENCH_STEPS, BENCH_THREADS restrict models, T and threads.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { defaultThreads } from '../src/cli/threads';
import { childSide, type Side, type StepTime } from './side';
import { problem, TERMS, type ModelName, type Problem } from './stepProblem';
import { digits, geometricMean, printTable, quartiles, spread, timing, type Result, type Timing } from './timing';

const AIM: Record<ModelName, number> = { crli: 5, dtcr: 1.5, dtc: 1.5 };
const AIM_STOCK = 50;
/** Threads that the cases run on. */
const THREADS = [...new Set([1, defaultThreads()])];
const B = 32;
const WARM_UP = { rounds: 100, ms: 5000 };
/** The stock side takes this many turns after one that does not count; a step of it lasts seconds. */
const STOCK_TURNS = 3;
/** Beyond it a step of stock operations lasts tens of seconds. */
const STOCK_MOST_STEPS = 150;
const PYTHON = process.env.PYTHON ?? 'python3';

const beside = (file: string): string => join(import.meta.dirname, file);
const listed = (name: string, all: readonly string[]): string[] => process.env[name]?.split(',') ?? [...all];

interface Case {
  model: ModelName;
  T: number;
  D: number;
  H: number;
  threads: number;
}

function cases(): Case[] {
  const models = listed('BENCH_MODELS', ['crli', 'dtcr', 'dtc']) as ModelName[];
  const steps = listed('BENCH_STEPS', ['50', '150', '500']).map(Number);
  const threadCounts = listed('BENCH_THREADS', THREADS.map(String)).map(Number);
  return threadCounts.flatMap((threads) => models.flatMap((model) => steps.flatMap((T) => [1, 10].flatMap((D) => [50, 100].map((H) => ({ model, T, D, H, threads }))))));
}

/** The version of PyTorch, or null where the interpreter has none. */
function torchVersion(): string | null {
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Why a peer cannot take part in a case, or null. */
function absence(peer: 'stock' | 'torch', { model, T, threads }: Case, version: string | null): string | null {
  if (peer === 'torch') return version === null ? `${PYTHON} has no torch` : null;
  if (model === 'dtc') return 'no Conv2DBackpropFilter on wasm';
  if (threads > 1) return 'compared on one thread';
  return T > STOCK_MOST_STEPS ? `left out above T = ${STOCK_MOST_STEPS}: tens of seconds a step` : null;
}

const ALONE = 'Lacuna wasm, one thread';
const NAMES = { crli: 'CRLI', dtcr: 'DTCR', dtc: 'DTC' };
const torchName = { crli: 'eager loop', dtcr: 'nn.GRU, another cell', dtc: 'nn.LSTM, nn.Conv1d' };

/** The sides start from the same weights, so the losses of their first step must be the same. */
function checkSameStep(ours: number[], theirs: number[], terms: readonly string[], peer: string): void {
  for (const [i, term] of terms.entries()) {
    const error = Math.abs(ours[i] - theirs[i]) / Math.max(Math.abs(ours[i]), 1e-3);
    if (!(error < 1e-3)) throw new Error(`${peer} does not make the same step: its ${term} loss is ${theirs[i]}, ours is ${ours[i]}`);
  }
}

async function race(sides: Side[], start: Problem, rounds: number): Promise<{ cpu: Timing; clock: Timing }[]> {
  const times: StepTime[][] = sides.map(() => []);
  const first: StepTime[] = [];
  for (const side of sides) first.push(await side.step());
  for (const [i, { losses }] of first.entries()) {
    const otherCell = start.model === 'dtcr' && sides[i].name.startsWith('PyTorch');
    if (!otherCell) checkSameStep(first[0].losses, losses, TERMS[start.model], sides[i].name);
  }
  const turns = async (round: number, count: (side: number, time: StepTime) => void): Promise<void> => {
    for (const [i, side] of sides.entries()) if (!side.name.startsWith('stock') || (round >= 0 && round < STOCK_TURNS)) count(i, await side.step());
  };
  // before the clock counts the engines compile what they run, on other threads too
  const started = performance.now();
  for (let round = 0; round < rounds || (round < WARM_UP.rounds && performance.now() - started < WARM_UP.ms); round++) await turns(-1, () => undefined);
  for (let round = 0; round < rounds; round++) await turns(round, (i, time) => times[i].push(time));
  return times.map((all) => ({ cpu: timing(all.map(({ cpu }) => cpu)), clock: timing(all.map(({ ms }) => ms)) }));
}

/** Rounds of a case: fewer where a step is long, at least four. */
const roundsOf = ({ T, H, D }: Case): number => Math.max(4, Math.round((Number(process.env.BENCH_ROUNDS ?? 12) * 100) / (T * (H / 50) * (D > 1 ? 1.3 : 1))));

export async function stepBench(): Promise<Result> {
  const version = torchVersion();
  const rows: Result['rows'] = [];
  const table = [['case', 'side', 'ms a step: median (quartiles)', 'on the clock', 'times ours']];
  for (const one of cases()) {
    const { model, T, D, H, threads } = one;
    const start = problem(model, B, T, D, H, threads);
    const ourSide = (name: string, count: number): Promise<Side> => childSide(name, process.execPath, ['--import', 'tsx', beside('stepOurs.ts'), String(count)], start, threads);
    const sides = [await ourSide('Lacuna wasm', threads)];
    if (threads > 1) sides.push(await ourSide(ALONE, 1));
    if (!absence('stock', one, version)) sides.push(await childSide('stock tfjs wasm', process.execPath, ['--import', 'tsx', beside('stepStock.ts')], start, threads));
    if (!absence('torch', one, version)) sides.push(await childSide(`PyTorch ${version} ${torchName[model]}`, PYTHON, [beside('step_torch.py')], start, threads));
    const times = await race(sides, start, roundsOf(one)).finally(() => sides.forEach((side) => side.stop()));
    const measure = threads === 1 ? 'cpu' : 'clock';
    const name = `${NAMES[model]}, T ${T}, D ${D}, H ${H}, ${threads === 1 ? 'one thread' : `${threads} threads`}`;
    const ours = times[0][measure].median;
    for (const [i, { name: side }] of sides.entries()) {
      const ratio = times[i][measure].median / ours;
      table.push([name, side, spread(times[i][measure]), digits(times[i].clock.median), i === 0 ? '' : digits(ratio)]);
      if (i > 0) rows.push({ case: name, ours, peer: times[i][measure].median, peerName: side, ratio, spread: quartiles(times[0][measure], times[i][measure]) });
    }
    for (const peer of ['stock', 'torch'] as const) {
      const why = absence(peer, one, version);
      if (!why) continue;
      const peerName = `${peer === 'stock' ? 'stock tfjs wasm' : 'PyTorch'} (${why})`;
      table.push([name, peerName, '', '', '']);
      rows.push({ case: name, ours, peer: null, peerName, ratio: null });
    }
    process.stderr.write(`${name}: ${sides.map((side, i) => `${side.name} ${digits(times[i][measure].median)} ms`).join(', ')}\n`);
  }
  printTable(table);
  return { bench: 'step', rows, ...judged(rows) };
}

/** Geometric means by model and peer, and whether those of one thread are what they should be. */
function judged(rows: Result['rows']): Pick<Result, 'summary' | 'aim' | 'met' | 'bounds'> {
  const models = Object.keys(NAMES) as ModelName[];
  const means = (peer: string, alone: boolean): Record<ModelName, number | null> => {
    const mean = (model: ModelName): number | null => {
      const ratios = rows.flatMap(({ case: name, peerName, ratio }) => (name.startsWith(`${NAMES[model]},`) && name.endsWith('one thread') === alone && peerName.startsWith(peer) && ratio !== null ? [ratio] : []));
      return ratios.length > 0 ? geometricMean(ratios) : null;
    };
    return Object.fromEntries(models.map((model) => [model, mean(model)])) as Record<ModelName, number | null>;
  };
  const [toTorch, toStock] = [means('PyTorch', true), means('stock', true)];
  return {
    summary: { batch: B, geometricMeanToTorch: toTorch, geometricMeanToStock: toStock, onThreads: { geometricMeanToTorch: means('PyTorch', false), geometricMeanToOneThread: means(ALONE, false) } },
    aim: `geometric means at least ${AIM.crli} x PyTorch eager for CRLI, ${AIM.dtcr} x for DTCR and DTC, ${AIM_STOCK} x stock tfjs operations, on one thread`,
    met: models.every((model) => (toTorch[model] ?? 0) >= AIM[model] && (model === 'dtc' || (toStock[model] ?? 0) >= AIM_STOCK)),
    bounds:
      'the products of the recurrences alone reach 53 to 56 of the 62 GFLOP/s that one core has at 128 bits a lane, the kernels with their activations 35 to 45 for H of 64 and more (bench `kernel`); PyTorch has 512 bits, and gains with H as its operators then spend their time in products too. Shares of a step, batch 32: CRLI at T 150, D 10, H 100 the GRUs 92 %, other operations and the tape 8 % (at T 50, D 1, H 50: 70 and 30 %). DTCR the same: 93 and 7 % (81 and 19 %). DTC at T 500, D 10, H 100 the bidirectional LSTMs 71 %, convolution and pooling 14 %, the rest 15 % (at T 50, D 1, H 50: 53, 4 and 43 %). Gained last, in paired runs: a bidirectional LSTM as one kernel (DTC 1.08 to 1.26 times faster), one cut of the weights a step (1.04 to 1.06), losses that give their gradient with their value (CRLI 1.03 to 1.04, DTC 1.05 at T 50, 1.01 at T 150; weight decay: DTCR 1.02), gradients written where they go (DTC 1.01 to 1.03), weights packed four at a time, factors of a weight gradient laid in the order of their reading (LSTM backward 1.07, GRU up to 1.02). Before: kernels of their own for GRUs without gaps, no weight gradient of the discriminator in the generator\'s step, products written without being cleared, fused multiply-add where the engine has it, one forward pass of the generator for both steps, lanes turned in registers, convolution and pooling in one kernel, an own matrix product and Adam in one pass. Without gain: tiles of 8 x 6 or 16 x 3 instead of 8 x 4 (39 to 42 instead of 53 to 56 GFLOP/s, as registers run out), batches cut into parts of 32 or 64 rows on one thread, chunks of the backward pass of 1.0 or 1.2 instead of 0.4 MB.',
  };
}
