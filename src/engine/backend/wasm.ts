/** WASM under tfjs: SIMD, one thread, from bytes that were handed over, since a worker here may not fetch. */
import { env, setBackend } from '@tensorflow/tfjs-core';
import { InputError } from '../../core/lib/assert';
import { registerAdamStepWasm } from '../../core/nn/kernels/adamStep/wasm';
import { registerGapAwareGruWasm } from '../../core/nn/kernels/gapAwareGru/wasm';
import { registerImputingLstmWasm } from '../../core/nn/kernels/imputingLstm/wasm';
import { registerLstmWasm } from '../../core/nn/kernels/lstm/wasm';
import { registerMatrixProductWasm } from '../../core/nn/kernels/matrixProduct/wasm';
import { registerPooledConvolutionWasm } from '../../core/nn/kernels/pooledConvolution/wasm';

let started = false;

/**
 * Makes WASM tfjs's backend. Without `binary` tfjs reads its own file, which works under Node.
 * @throws InputError when WASM cannot be had.
 */
export async function startWasm(binary: ArrayBuffer | null): Promise<void> {
  if (typeof WebAssembly === 'undefined') throw new InputError('WASM is switched off in this browser.');
  if (started && (await setBackend('wasm'))) return;
  await load(binary);
  started = true;
}

async function load(binary: ArrayBuffer | null): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  registerGapAwareGruWasm();
  registerLstmWasm();
  registerImputingLstmWasm();
  registerPooledConvolutionWasm();
  registerMatrixProductWasm();
  registerAdamStepWasm();
  if (!binary) {
    if (!(await setBackend('wasm'))) throw new InputError('WASM did not start: its binary was not found.');
    return;
  }
  // tfjs would wait for ever for a binary that does not compile
  await WebAssembly.compile(binary).catch((error: Error) => {
    throw new InputError(`WASM did not start: ${error.message}`);
  });
  setWasmPaths('', true);
  const { platform } = env();
  platform.fetch = async () => new Response(binary);
  try {
    if (!(await setBackend('wasm'))) throw new InputError('WASM did not start.');
  } finally {
    // what is left is the method of the class
    delete (platform as { fetch?: unknown }).fetch;
  }
}
