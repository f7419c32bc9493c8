/** Backends for tests of the mathematics that run in a browser. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import '../core/nn/gradients';
import { registerGapAwareGruWasm } from '../core/nn/kernels/gapAwareGru/wasm';
import { registerGapAwareGruWebGpu } from '../core/nn/kernels/gapAwareGru/webgpu';
import { registerImputingLstmWasm } from '../core/nn/kernels/imputingLstm/wasm';
import { registerImputingLstmWebGpu } from '../core/nn/kernels/imputingLstm/webgpu';
import { registerLstmWasm } from '../core/nn/kernels/lstm/wasm';
import { registerLstmWebGpu } from '../core/nn/kernels/lstm/webgpu';
import { registerAdamStepWasm } from '../core/nn/kernels/adamStep/wasm';
import { registerAdamStepWebGpu } from '../core/nn/kernels/adamStep/webgpu';
import { registerMatrixProductWasm } from '../core/nn/kernels/matrixProduct/wasm';
import { registerMatrixProductWebGpu } from '../core/nn/kernels/matrixProduct/webgpu';
import { registerPooledConvolutionWasm } from '../core/nn/kernels/pooledConvolution/wasm';
import { registerPooledConvolutionWebGpu } from '../core/nn/kernels/pooledConvolution/webgpu';

/** Any adapter, software ones too. */
export const adapter = (await navigator.gpu?.requestAdapter()) ?? null;
/** For titles: why tests of WebGPU do not run. */
export const without = adapter ? '' : ' (skipped: this browser has no WebGPU adapter)';

/** Every error of a device that nobody caught. */
export const uncaptured: string[] = [];

/** Makes WebGPU the backend, with the limits that every GPU has; nothing is computed on the CPU instead. */
export async function startWebGpu(): Promise<void> {
  if (!adapter) throw new Error('this browser has no WebGPU adapter');
  const found = adapter;
  const device = await found.requestDevice();
  device.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  registerGapAwareGruWebGpu();
  registerLstmWebGpu();
  registerImputingLstmWebGpu();
  registerPooledConvolutionWebGpu();
  registerMatrixProductWebGpu();
  registerAdamStepWebGpu();
  removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, found.info));
  await setBackend('webgpu');
  env().set('WEBGPU_CPU_FORWARD', false);
}

export async function startWasm(): Promise<void> {
  registerGapAwareGruWasm();
  registerLstmWasm();
  registerImputingLstmWasm();
  registerPooledConvolutionWasm();
  registerMatrixProductWasm();
  registerAdamStepWasm();
  const binaries = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  setWasmPaths(Object.fromEntries(binaries.map((name) => [name, wasmUrl])));
  await setBackend('wasm');
}
