/**
 * `npm run bench -- step-webgpu`: one training step of CRLI (D step and G step), DTCR and DTC on WebGPU in a real
 * Chromium, with our kernels, beside the same step of stock tfjs operations on the same adapter. Both start from the
 * same weights, must agree on the losses, and take turns in pages of their own. Without a GPU the adapter is the
 * software one of Chromium, whose speed says nothing about a real one; a step of the stock peer takes it up to a minute
 * at T = 50 already and grows with T, so the peer stands only beside the shorter cases there.
 *
 * On a machine with a GPU:
 *
 *     ADAPTER=hardware PYTHON=python3 BENCH_ROUNDS=20 npm run bench -- step-webgpu
 *
 * runs all cases with the peer, adds eager PyTorch on that GPU (when PYTHON has torch with CUDA) and sets the time of each
 * recurrent kernel beside the least that the card's arithmetic and memory allow, both measured in the same page. It ends
 * with an error where Chromium finds no hardware adapter.
 *
 * BENCH_ROUNDS sets the steps of ours in a short case; BENCH_STOCK those of the stock peer after the first, which compiles;
 * BENCH_MODELS, BENCH_STEPS restrict models and T.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { childSide } from './side';
import { problem, TERMS, type ModelName, type Problem } from './stepProblem';
import { digits, geometricMean, printTable, quartiles, spread, timing, type Result, type Timing } from './timing';
import { hardware, openBrowser, openPage } from './webgpu/browser';
import type { PageStep } from './webgpu/side';

const AIM = 50;
const B = 32;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Milliseconds of our steps in a case, on a software adapter, after which none is added. */
const LONG = hardware ? Infinity : 6000;
/** Largest T with the stock peer on a software adapter: a step of it should not last longer than a minute. */
const STOCK_MOST_STEPS: Record<ModelName, number> = hardware ? { crli: Infinity, dtcr: Infinity, dtc: Infinity } : { crli: 50, dtcr: 50, dtc: 150 };
const STOCK_ROUNDS = Number(process.env.BENCH_STOCK ?? 1);
const PYTHON = process.env.PYTHON ?? 'python3';
const NAMES = { crli: 'CRLI', dtcr: 'DTCR', dtc: 'DTC' };

const listed = (name: string, all: string): string[] => (process.env[name] ?? all).split(',');

interface Case {
  model: ModelName;
  T: number;
  D: number;
  H: number;
}

const caseName = ({ model, T, D, H }: Case): string => `${NAMES[model]}, B ${B}, T ${T}, D ${D}, H ${H}`;

/** The programs of a case serve the longer ones of the same model, D and H. */
function groups(): Case[][] {
  const models = listed('BENCH_MODELS', 'crli,dtcr,dtc') as ModelName[];
  const lengths = listed('BENCH_STEPS', '50,150,500').map(Number);
  return models.flatMap((model) => [1, 10].flatMap((D) => [50, 100].map((H) => lengths.map((T) => ({ model, T, D, H })))));
}

interface Side {
  page: Page;
  device: string;
  first: PageStep;
  /** The steps that count. */
  times: PageStep[];
}

/** The first step counts when it compiled nothing. */
async function begin(page: Page, start: Problem): Promise<Side> {
  const device = await page.evaluate((given) => window.side.start(given), start);
  const first = await page.evaluate(() => window.side.step());
  return { page, device, first, times: first.counts.pipelines === 0 ? [first] : [] };
}

/** Steps until there are `most`, or, with one at least, until they have taken `limit` milliseconds. */
async function steps({ page, times }: Side, most: number, limit = Infinity): Promise<void> {
  const taken = (): number => times.reduce((sum, { ms }) => sum + ms, 0);
  while (times.length < most && (times.length === 0 || taken() < limit)) times.push(await page.evaluate(() => window.side.step()));
}

/** @throws Error where there is no adapter of the kind that was asked for */
async function requireAdapter(browser: Browser): Promise<void> {
  const page = await openPage(browser, 'ours.ts');
  const found = await page.evaluate(() => window.side.adapter!());
  await page.close();
  const help = 'Check that the driver of the GPU is installed and that this user may use it (vulkaninfo on Linux), try another browser by CHROME_PATH, or leave ADAPTER out to run on the software adapter.';
  if (typeof found === 'string') throw new Error(`step-webgpu: ${found} (Chromium ${browser.version()}${hardware ? ', ADAPTER=hardware' : ''}). ${help}`);
  if (hardware && found.software) throw new Error(`step-webgpu: ADAPTER=hardware, but the only adapter that Chromium ${browser.version()} finds is emulated in software (${found.device}). ${help}`);
}

/** PyTorch with CUDA, or in words why not. */
function torchOnGpu(): { version: string } | string {
  if (!hardware) return 'the adapter is a software one';
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch; print(torch.__version__ if torch.cuda.is_available() else "")'], { encoding: 'utf8' });
  if (status !== 0) return `${PYTHON} has no torch`;
  return stdout.trim() === '' ? `torch of ${PYTHON} finds no CUDA device` : { version: stdout.trim() };
}

function checkSameStep(ours: number[], theirs: number[], model: ModelName): void {
  for (const [i, term] of TERMS[model].entries()) {
    const error = Math.abs(ours[i] - theirs[i]) / Math.max(Math.abs(ours[i]), 1e-3);
    if (!(error < 1e-3)) throw new Error(`stock tfjs does not make the same step of ${NAMES[model]}: its ${term} loss is ${theirs[i]}, ours is ${ours[i]}`);
  }
}

const clock = (times: readonly { ms: number }[]): Timing => timing(times.map(({ ms }) => ms));

async function torchTimes(version: string, start: Problem): Promise<Timing> {
  const side = await childSide(`PyTorch ${version}`, PYTHON, [join(import.meta.dirname, 'step_torch.py'), 'cuda'], start, 1);
  const times: { ms: number }[] = [];
  for (let round = -ROUNDS; round < ROUNDS; round++) {
    const time = await side.step();
    if (round >= 0) times.push(time);
  }
  side.stop();
  return clock(times);
}

export async function stepWebgpu(): Promise<Result> {
  const aim = `geometric mean at least ${AIM} x stock tfjs operations on the same adapter`;
  const browser = await openBrowser();
  if (browser === null) {
    console.log('Chromium: absent (set CHROME_PATH, or install one)');
    return { bench: 'step-webgpu', rows: [], summary: { chromium: 'absent' }, aim, met: false, bounds: 'no Chromium on this machine.' };
  }
  const torch = torchOnGpu();
  await requireAdapter(browser).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  const rows: Result['rows'] = [];
  const table = [['case', 'side', 'ms a step: median (quartiles)', 'first step', 'dispatches', 'times ours']];
  let device = '';
  try {
    for (const group of groups()) {
      const [mine, stocks] = [await openPage(browser, 'ours.ts'), await openPage(browser, 'stock.ts')];
      for (const one of group) {
        const { model, T, D, H } = one;
        const start = problem(model, B, T, D, H, 1);
        const name = caseName(one);
        const ours = await begin(mine, start);
        ({ device } = ours);
        const line = (who: string, times: Timing, { first }: Side, ratio: string): string[] => [name, who, spread(times), digits(first.ms), String(first.counts.dispatches), ratio];
        if (T > STOCK_MOST_STEPS[model]) {
          await steps(ours, ROUNDS, LONG);
          const fast = clock(ours.times);
          const peerName = `stock tfjs webgpu (absent: left out above T = ${STOCK_MOST_STEPS[model]} on a software adapter, minutes a step)`;
          table.push(line(`Lacuna on ${device}`, fast, ours, ''), [name, peerName]);
          rows.push({ case: `${name} (${ours.first.counts.dispatches} dispatches)`, ours: fast.median, peer: null, peerName, ratio: null, spread: quartiles(fast, null) });
          process.stderr.write(`${name}: ours ${digits(fast.median)} ms\n`);
        } else {
          const stock = await begin(stocks, start);
          checkSameStep(ours.first.losses, stock.first.losses, model);
          await steps(ours, Math.ceil(ROUNDS / 2), LONG / 2);
          await steps(stock, STOCK_ROUNDS);
          await steps(ours, ROUNDS, LONG);
          const [fast, slow] = [clock(ours.times), clock(stock.times)];
          table.push(line(`Lacuna on ${device}`, fast, ours, ''), line('stock tfjs webgpu', slow, stock, digits(slow.median / fast.median)));
          rows.push({ case: `${name} (${ours.first.counts.dispatches} dispatches; the peer's ${stock.first.counts.dispatches})`, ours: fast.median, peer: slow.median, peerName: 'stock tfjs webgpu', ratio: slow.median / fast.median, spread: quartiles(fast, slow) });
          process.stderr.write(`${name}: ours ${digits(fast.median)} ms, stock ${digits(slow.median)} ms\n`);
        }
        if (typeof torch === 'string') continue;
        const [fast, beside] = [clock(ours.times), await torchTimes(torch.version, start)];
        const peerName = `PyTorch ${torch.version} eager on that GPU`;
        table.push([name, peerName, spread(beside), '', '', digits(beside.median / fast.median)]);
        rows.push({ case: name, ours: fast.median, peer: beside.median, peerName, ratio: beside.median / fast.median, spread: quartiles(fast, beside) });
      }
      await Promise.all([mine.close(), stocks.close()]);
    }
    if (hardware) rows.push(...(await kernelRows(browser)));
  } finally {
    await browser.close();
  }
  printTable(table.map((line) => table[0].map((_, column) => line[column] ?? '')));
  const ratios = (of: string): number[] => rows.flatMap(({ case: name, peerName, ratio }) => (name.startsWith(of) && peerName.startsWith('stock') && ratio !== null ? [ratio] : []));
  const byModel = Object.fromEntries(Object.values(NAMES).map((name) => [name, ratios(`${name},`).length > 0 ? geometricMean(ratios(`${name},`)) : null]));
  const all = geometricMean(ratios(''));
  const torchOnThatGpu = typeof torch === 'string' ? `absent: ${torch}` : torch.version;
  return { bench: 'step-webgpu', rows, summary: { device, geometricMeanToStock: all, byModel, torchOnThatGpu }, aim, met: all >= AIM, bounds: BOUNDS };
}

/** Time of each recurrent kernel beside the least that the limits of the card allow. */
async function kernelRows(browser: Browser): Promise<Result['rows']> {
  const page = await openPage(browser, 'ours.ts');
  await begin(page, problem('dtc', B, 50, 1, 50, 1));
  const limits = await page.evaluate(() => window.side.limits!());
  const speeds = await page.evaluate(() => window.side.kernels!());
  await page.close();
  console.log(`limits, measured: ${digits(limits.gflops)} GFLOP/s, ${digits(limits.gigabytes)} GB/s`);
  const bound = speeds.map((speed) => {
    const [arithmetic, memory] = [speed.flops / limits.gflops / 1e6, speed.bytes / limits.gigabytes / 1e6];
    return { ...speed, least: Math.max(arithmetic, memory), by: arithmetic > memory ? 'arithmetic' : 'memory' };
  });
  printTable([
    ['kernel', 'ms', 'GFLOP/s', 'GB/s', 'least ms', 'bound by', 'share of the limit'],
    ...bound.map(({ name, ms, flops, bytes, least, by }) => [name, digits(ms), digits(flops / ms / 1e6), digits(bytes / ms / 1e6), digits(least), by, digits(least / ms)]),
  ]);
  return bound.map(({ name, ms, least, by }) => ({ case: name, ours: ms, peer: least, peerName: `least time by the card's ${by}, measured`, ratio: least / ms }));
}

const BOUNDS =
  'on the software adapter a step of ours is the arithmetic and the loads of its recurrences, while a step of stock operations is 2 to 6 ms for each of its dispatches; the ratio falls as the share of arithmetic grows (DTCR at 220 decoder units, the decoder of CRLI). Shares of adapter time at T 50, D 1, H 50, by timestamps: DTCR recurrences 65 %, weight gradients 23 %; CRLI 59 and 27 %; of DTC at T 150, D 10, H 100 convolution and pooling 39 %, recurrences 34 %, weight gradients 17 %. Gained last, paired with what was before: four sums of a product an invocation instead of one, input and recurrent matrix as one product, loops that are tested at their end (the adapter makes a last pass without active lanes through one that is tested at its start), fewer idle invocations (together DTCR 1.51, CRLI 1.54 times faster); the GRU without gaps as a program of its own and both directions in one dispatch (DTCR 283 to 200 dispatches and, with the former, 1.7 times faster; CRLI 254 to 253 dispatches, no faster); the bidirectional LSTM as one dispatch either way (DTC 182 to 112 dispatches, 1.41 times faster, 1.40 at T 150, D 10, H 100, 2.26 at T 500). Without gain: four neighbouring weights read as one vector instead of a quarter of the width apart (228 to 217 ms in a product alone), a product unrolled four times (1.03 forward at 220 units, 0.9 at 30), weight gradients with columns a quarter apart and without the loads of an unused gate (1.0). A workgroup of 64 instead of 128 invocations at 220 units is a tenth faster there (1.66 to 1.5 times the former program), but would leave half of a real core idle, and was not kept. Before: products, sums, pooled convolution and Adam as programs of our own (adapter time of a DTC step 3277 to 258 ms, T = 50); weight gradients of all matrices in one dispatch without barriers (1333 to 328 ms a CRLI step); without gain 64 or 256 dispatches a submit instead of 15. A real GPU was not at hand.';
