/** WASM under tfjs: SIMD, on one thread or several, from bytes that were handed over, since a worker here may not fetch. */
import { env, findBackend, findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { withSharedMemory } from '../../core/lib/sharedMemory';
import { isShared } from '../../core/lib/wasm';
import { registerAdamStepWasm } from '../../core/nn/kernels/adamStep/wasm';
import { registerGapAwareGruWasm } from '../../core/nn/kernels/gapAwareGru/wasm';
import { registerImputingLstmWasm } from '../../core/nn/kernels/imputingLstm/wasm';
import { registerLstmWasm } from '../../core/nn/kernels/lstm/wasm';
import { registerMatrixProductWasm } from '../../core/nn/kernels/matrixProduct/wasm';
import { registerPooledConvolutionWasm } from '../../core/nn/kernels/pooledConvolution/wasm';
import { memoryOf, modulesForThreads } from '../../core/nn/kernels/wasmHeap';
import { useThreads } from '../../core/nn/kernels/wasmThreads';
import { announceSlower } from './loss';
import { startThreads, type ThreadPool, type ThreadPort } from './threads/pool';
import { BackendUnavailableError } from '../failure';

/** Threads, where memory may be shared. */
export interface ThreadsOrder {
  /** How many compute; 1 starts none. */
  count: number;
  spawn(): ThreadPort;
}

let started = false;
let pool: ThreadPool | null = null;
/** How many were asked for when the pool was made. */
let asked = 1;
/** Why there is one thread although more were asked for. */
let refused: string | null = null;

/** What WASM runs on, in words: `SIMD, 2 threads`. */
export function wasmDevice(): string {
  const count = pool?.count ?? 1;
  return count > 1 ? `SIMD, ${count} threads` : `SIMD, one thread${refused === null ? '' : ` (${refused})`}`;
}

/**
 * Makes WASM tfjs's backend. Without `binary` tfjs reads its own file, which works under Node, on one thread. Threads
 * that cannot be had, or that were lost, leave one, and {@link wasmDevice} says so.
 * @throws BackendUnavailableError when WASM cannot be had.
 */
export async function startWasm(binary: ArrayBuffer | null, threads: ThreadsOrder | null = null): Promise<void> {
  if (typeof WebAssembly === 'undefined') throw new BackendUnavailableError('WASM is switched off in this browser.');
  if (pool?.hung) leaveMemory();
  if (!started || !(await setBackend('wasm'))) await load(binary, threads !== null && refused === null);
  started = true;
  await setThreads(threads);
}

/** Gives up the memory that a hung thread may still write to. What lies there is not touched any more, only freed. */
function leaveMemory(): void {
  const factory = findBackendFactory('wasm');
  findBackend('wasm').dispose = () => undefined;
  removeBackend('wasm');
  registerBackend('wasm', factory);
  started = false;
  pool = null;
  asked = 1;
  useThreads(null);
  refused = 'its threads hung';
}

async function setThreads(threads: ThreadsOrder | null): Promise<void> {
  const memory = memoryOf(findBackend('wasm') as BackendWasm);
  const count = threads && isShared(memory) ? threads.count : 1;
  if (count === asked) return;
  pool?.stop();
  pool = null;
  asked = count;
  useThreads(null);
  if (count === 1 || !threads) return;
  try {
    pool = await startThreads({ count, memory: memory as unknown as WebAssembly.Memory, modules: modulesForThreads() as WebAssembly.Module[], spawn: threads.spawn, onDeath });
    useThreads(pool);
  } catch (error) {
    refused = `no threads: ${(error as Error).message}`;
  }
}

function onDeath(left: number): void {
  if (left === 1) refused = 'its threads ended';
  announceSlower(wasmDevice(), `A thread of WASM ended. The run goes on with ${left === 1 ? 'one thread' : `${left} threads`}.`);
}

/** tfjs's binary for a memory that threads share, or as it is where that does not do. */
async function sharing(binary: ArrayBuffer): Promise<ArrayBuffer> {
  try {
    const shared = withSharedMemory(new Uint8Array(binary)).buffer;
    await WebAssembly.compile(shared);
    return shared;
  } catch (error) {
    refused = `no threads: ${(error as Error).message}`;
    return binary;
  }
}

async function load(given: ArrayBuffer | null, share: boolean): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  registerGapAwareGruWasm();
  registerLstmWasm();
  registerImputingLstmWasm();
  registerPooledConvolutionWasm();
  registerMatrixProductWasm();
  registerAdamStepWasm();
  if (!given) {
    if (!(await setBackend('wasm'))) throw new BackendUnavailableError('WASM did not start: its binary was not found.');
    return;
  }
  // tfjs would wait for ever for a binary that does not compile
  await WebAssembly.compile(given).catch((error: Error) => {
    throw new BackendUnavailableError(`WASM did not start: ${error.message}`);
  });
  const binary = share ? await sharing(given) : given;
  setWasmPaths('', true);
  const { platform } = env();
  platform.fetch = async () => new Response(binary);
  try {
    if (!(await setBackend('wasm'))) throw new BackendUnavailableError('WASM did not start.');
  } finally {
    // what is left is the method of the class
    delete (platform as { fetch?: unknown }).fetch;
  }
}
