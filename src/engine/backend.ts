/** Which machine the mathematics runs on: WebGPU on a real adapter, else WASM, else plain JavaScript. */
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import '../core/nn/gradients';
import { registerAdamStepWebGpu } from '../core/nn/kernels/adamStep/webgpu';
import { registerGapAwareGruCpu } from '../core/nn/kernels/gapAwareGru/cpu';
import { registerGapAwareGruWebGpu } from '../core/nn/kernels/gapAwareGru/webgpu';
import { registerImputingLstmCpu } from '../core/nn/kernels/imputingLstm/cpu';
import { registerImputingLstmWebGpu } from '../core/nn/kernels/imputingLstm/webgpu';
import { registerLstmCpu } from '../core/nn/kernels/lstm/cpu';
import { registerLstmWebGpu } from '../core/nn/kernels/lstm/webgpu';
import { registerPooledConvolutionWebGpu } from '../core/nn/kernels/pooledConvolution/webgpu';
import { compileAhead, type Rehearsal } from './backend/compileAhead';
import { fasterOf, WARM_UP_LIMIT, type Trial } from './backend/faster';
import { startWasm, wasmDevice, type ThreadsOrder } from './backend/wasm';
import { findAdapter, startWebGpu, type FoundAdapter } from './backend/webgpu';
import type { BackendChoice, BackendInfo } from './protocol';
import { BackendUnavailableError } from './failure';

export { BackendLostError, onFatal, onSlower } from './backend/loss';

// tfjs would advertise its native package on standard error
enableProdMode();
registerGapAwareGruCpu();
registerGapAwareGruWebGpu();
registerLstmCpu();
registerLstmWebGpu();
registerImputingLstmCpu();
registerImputingLstmWebGpu();
registerPooledConvolutionWebGpu();
registerAdamStepWebGpu();

let wasmBinary: ArrayBuffer | null = null;
let threads: ThreadsOrder | null = null;

/**
 * Hands over the bytes of tfjs-backend-wasm-simd.wasm, without which WASM starts under Node only and on one thread; and
 * threads, where memory may be shared.
 */
export function initialise(given: { wasmBinary?: ArrayBuffer | null; threads?: ThreadsOrder | null }): void {
  wasmBinary = given.wasmBinary ?? null;
  threads = given.threads ?? null;
}

let turn: Promise<unknown> = Promise.resolve();

/** What is known of the run to come. */
export interface ComingRun {
  /** By which `auto` chooses. */
  trial?: Trial;
  /** By which WebGPU is made ready. */
  rehearsal?: Rehearsal;
}

/**
 * Makes the chosen backend the one that tfjs computes on, and says which it is and why. `auto` never takes a software
 * adapter; `webgpu` does. Given a trial of the run to come, `auto` takes the faster of WebGPU and WASM; without one,
 * WebGPU. WebGPU compiles the programs of the run first, given a rehearsal of it. After a GPU was lost, choosing again starts a new device, when there still is one.
 * @throws BackendUnavailableError when a backend chosen by name cannot be had.
 */
export function chooseBackend(choice: BackendChoice, coming: ComingRun = {}): Promise<BackendInfo> {
  const chosen = turn.then(() => starters[choice](coming));
  turn = chosen.catch(() => undefined);
  return chosen;
}

const starters: Record<BackendChoice, (coming: ComingRun) => Promise<BackendInfo>> = {
  auto: async ({ trial, rehearsal }) => {
    const found = await findAdapter();
    if (typeof found === 'string') return withoutGpu(found);
    if (found.software) return withoutGpu(`the only WebGPU adapter is emulated in software (${found.device})`);
    const gpu = async (): Promise<BackendInfo> => {
      await startReady(found, rehearsal, WARM_UP_LIMIT);
      return { name: 'webgpu', device: found.device, reason: 'WebGPU with a real adapter' };
    };
    if (trial) return fasterOf([{ name: 'webgpu', start: gpu }, { name: 'wasm', start: () => starters.wasm({}) }], trial);
    return gpu().catch((error: unknown) => withoutGpu(messageOf(error)));
  },
  webgpu: async ({ rehearsal }) => {
    const found = await findAdapter();
    if (typeof found === 'string') throw new BackendUnavailableError(`WebGPU was asked for, but ${found}. Choose "auto" or "wasm".`);
    await startReady(found, rehearsal);
    return { name: 'webgpu', device: found.device, reason: found.software ? 'you chose it; this adapter is emulated in software, WASM is faster' : 'you chose it' };
  },
  wasm: async () => {
    await startWasm(wasmBinary, threads);
    return { ...wasm(), reason: 'you chose it' };
  },
  cpu: async () => {
    await startCpu();
    return { ...CPU, reason: 'you chose it; WASM is much faster' };
  },
};

async function startReady(found: FoundAdapter, rehearsal?: Rehearsal, limit?: number): Promise<void> {
  await startWebGpu(found);
  if (rehearsal) await compileAhead(rehearsal, limit);
}

const wasm = () => ({ name: 'wasm', device: wasmDevice() }) as const;
const CPU = { name: 'cpu', device: 'plain JavaScript' } as const;

async function withoutGpu(why: string): Promise<BackendInfo> {
  const failed = await startWasm(wasmBinary, threads).then(() => null, messageOf);
  if (failed === null) return { ...wasm(), reason: `${why}; WASM is available` };
  await startCpu();
  return { ...CPU, reason: `${why}; ${failed}` };
}

async function startCpu(): Promise<void> {
  if (!(await setBackend('cpu'))) throw new Error('the cpu backend did not start');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
