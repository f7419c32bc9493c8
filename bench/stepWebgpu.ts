/**
 * `npm run bench -- step-webgpu`: one training step of CRLI (D step and G step), DTCR and DTC on WebGPU in a real
 * Chromium, with our kernels, beside the same step of stock tfjs operations on the same adapter. Both start from the
 * same weights, must agree on the losses, and take turns in pages of their own. Without a GPU the adapter is the
 * software one of Chromium, whose speed says nothing about a real one.
 *
 * On a machine with a GPU:
 *
 *     ADAPTER=hardware PYTHON=python3 BENCH_ROUNDS=20 BENCH_STEPS=50,150,500 npm run bench -- step-webgpu
 *
 * runs the same on it, adds eager PyTorch on that GPU (when PYTHON has torch with CUDA) and sets the time of each
 * recurrent kernel beside the least that the card's arithmetic and memory allow, both measured in the same page. It ends
 * with an error where Chromium finds no hardware adapter. BENCH_ROUNDS: steps of ours (default 5); BENCH_STOCK: steps of the stock
 * peer after the first (default 1; a step of it takes a software adapter a minute); BENCH_MODELS, BENCH_STEPS: models, T.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { childSide, type Side } from './side';
import { problem, TERMS, type ModelName, type Problem } from './stepProblem';
import { digits, geometricMean, printTable, quartiles, spread, timing, type Result, type Timing } from './timing';
import { hardware, openBrowser, openPage } from './webgpu/browser';
import type { PageStep } from './webgpu/side';

const AIM = 50;
const B = 32;
const H = 50;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const STOCK_ROUNDS = Number(process.env.BENCH_STOCK ?? 1);
const PYTHON = process.env.PYTHON ?? 'python3';
const NAMES = { crli: 'CRLI', dtcr: 'DTCR', dtc: 'DTC' };

const listed = (name: string, all: string): string[] => (process.env[name] ?? all).split(',');

interface PageRun {
  page: Page;
  device: string;
  first: PageStep;
}

async function begin(browser: Browser, entry: string, start: Problem): Promise<PageRun> {
  const page = await openPage(browser, entry);
  const device = await page.evaluate((given) => window.side.start(given), start);
  return { page, device, first: await page.evaluate(() => window.side.step()) };
}

async function steps({ page }: PageRun, rounds: number): Promise<PageStep[]> {
  const times: PageStep[] = [];
  for (let i = 0; i < rounds; i++) times.push(await page.evaluate(() => window.side.step()));
  return times;
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
  const side: Side = await childSide(`PyTorch ${version}`, PYTHON, [join(import.meta.dirname, 'step_torch.py'), 'cuda'], start, 1);
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
    for (const model of listed('BENCH_MODELS', 'crli,dtcr,dtc') as ModelName[]) {
      for (const T of listed('BENCH_STEPS', '50').map(Number)) {
        const start = problem(model, B, T, 1, H, 1);
        const name = `${NAMES[model]}, B ${B}, T ${T}, D 1, H ${H}`;
        const ours = await begin(browser, 'ours.ts', start);
        const stock = await begin(browser, 'stock.ts', start);
        ({ device } = ours);
        checkSameStep(ours.first.losses, stock.first.losses, model);
        const before = await steps(ours, Math.ceil(ROUNDS / 2));
        const theirs = await steps(stock, STOCK_ROUNDS);
        const mine = [...before, ...(await steps(ours, Math.floor(ROUNDS / 2)))];
        await Promise.all([ours.page.close(), stock.page.close()]);
        const [fast, slow] = [clock(mine), clock(theirs)];
        const line = (side: string, times: Timing, { first }: PageRun, ratio: string): string[] => [name, side, spread(times), digits(first.ms), String(first.counts.dispatches), ratio];
        table.push(line(`Lacuna on ${device}`, fast, ours, ''), line('stock tfjs webgpu', slow, stock, digits(slow.median / fast.median)));
        rows.push({ case: `${name} (${ours.first.counts.dispatches} dispatches; the peer's ${stock.first.counts.dispatches})`, ours: fast.median, peer: slow.median, peerName: 'stock tfjs webgpu', ratio: slow.median / fast.median, spread: quartiles(fast, slow) });
        const beside = typeof torch === 'string' ? null : await torchTimes(torch.version, start);
        const peerName = typeof torch === 'string' ? `PyTorch on that GPU: absent, ${torch}` : `PyTorch ${torch.version} eager on that GPU`;
        table.push([name, peerName, beside ? spread(beside) : '', '', '', beside ? digits(beside.median / fast.median) : '']);
        rows.push({ case: name, ours: fast.median, peer: beside?.median ?? null, peerName, ratio: beside && beside.median / fast.median, spread: quartiles(fast, beside) });
        process.stderr.write(`${name}: ours ${digits(fast.median)} ms, stock ${digits(slow.median)} ms\n`);
      }
    }
    if (hardware) rows.push(...(await kernelRows(browser)));
  } finally {
    await browser.close();
  }
  printTable(table);
  const ratios = rows.flatMap(({ peerName, ratio }) => (peerName.startsWith('stock') && ratio !== null ? [ratio] : []));
  return { bench: 'step-webgpu', rows, summary: { device, geometricMeanToStock: geometricMean(ratios) }, aim, met: geometricMean(ratios) >= AIM, bounds: BOUNDS };
}

/** Time of each recurrent kernel beside the least that the limits of the card allow. */
async function kernelRows(browser: Browser): Promise<Result['rows']> {
  const { page } = await begin(browser, 'ours.ts', problem('dtc', B, 50, 1, H, 1));
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
  'the software adapter makes every load lane by lane, so a step of ours is the arithmetic of its recurrences there, while a step of stock operations is 2 to 6 ms for each of its dispatches; the ratio falls as the share of arithmetic grows (DTCR at 220 decoder units and with 1,024 short subsequences in its last layer, the decoder of CRLI). Tried: products, sums, pooled convolution and Adam as programs of our own (adapter time of a DTC step 3277 to 258 ms, T = 50, by timestamps); a workgroup of the GRU with an invocation a unit instead of up to four; weight gradients of all matrices in one dispatch without barriers (1333 to 328 ms of adapter time a CRLI step); without gain, four columns of the weights an invocation in the recurrences (2.0 instead of 1.6 s of processor time), and 64 or 256 dispatches a submit instead of 15. A real GPU was not at hand.';
