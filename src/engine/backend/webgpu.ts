/** WebGPU under tfjs, with a device of our own: tfjs's own factory hears neither a lost device nor an uncaptured error. */
import { removeBackend, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerMatrixProductWebGpu } from '../../core/nn/kernels/matrixProduct/webgpu';
import { compiled } from './compileAhead';
import { announce, BackendLostError } from './loss';
import { BackendUnavailableError } from '../failure';

export interface FoundAdapter {
  adapter: GPUAdapter;
  /** In words: "NVIDIA ampere". */
  device: string;
  /** Emulated on the CPU, slower there than WASM. */
  software: boolean;
}

/** The best adapter of the browser, or in words why there is none. */
export async function findAdapter(): Promise<FoundAdapter | string> {
  if (typeof navigator === 'undefined' || !navigator.gpu) return 'this browser has no WebGPU';
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'WebGPU finds no adapter';
  return { adapter, device: describe(adapter.info), software: isSoftware(adapter) };
}

function describe({ description, vendor, architecture, device }: GPUAdapterInfo): string {
  return description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed adapter';
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|\bcpu\b/i;

/** Whether an adapter is emulated: it says so itself, or its names do. */
export function isSoftware(adapter: Pick<GPUAdapter, 'info'>): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const older = (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter;
  return Boolean(isFallbackAdapter ?? older) || SOFTWARE.test([vendor, architecture, device, description].join(' '));
}

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** The device that tfjs's webgpu backend runs on now. */
let current: GPUDevice | null = null;
let losses = 0;

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;

/**
 * Makes WebGPU on `found` tfjs's backend; the same device again while it is sound, else a new one. After a loss it first
 * waits, longer each time, since a browser that lost its GPU twice at once stops giving it out.
 * @throws BackendUnavailableError when the device cannot be had.
 */
export async function startWebGpu({ adapter, device: name }: FoundAdapter): Promise<void> {
  await compiled();
  if (current && (await setBackend('webgpu'))) return;
  if (losses > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** losses)));
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  registerMatrixProductWebGpu();
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: Error) => error);
  if (device instanceof Error) throw new BackendUnavailableError(`The GPU (${name}) gave no device: ${device.message}`);
  watch(device, name);
  dropWebGpu();
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  if (!(await setBackend('webgpu'))) throw new BackendUnavailableError(`WebGPU did not start on ${name}.`);
  current = device;
}

/** Frees the buffers of the webgpu backend. Its device is left to be collected: destroying one crashes some browsers. */
function dropWebGpu(): void {
  current = null;
  try {
    removeBackend('webgpu');
  } catch {
    // there was none
  }
}

function watch(device: GPUDevice, name: string): void {
  const fail = (message: string): void => {
    if (device !== current) return;
    current = null;
    losses++;
    announce(new BackendLostError(message));
  };
  void device.lost.then(({ reason, message }) => fail(`The GPU (${name}) was lost (${[reason, message].filter(Boolean).join(': ')}).`));
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    fail(`The GPU (${name}) made an error: ${event.error.message.trim()}`);
  });
}
