import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type KernelFunc } from '@tensorflow/tfjs-core';

/** tfjs's own, by backend and name: a second replacement takes the place of the first. */
const stock = new Map<string, KernelConfig>();

/**
 * Puts a twin in the place of a kernel of tfjs's wasm or webgpu backend; `twinOf` gets the stock kernel, for what the twin does not do.
 * @throws Error when the backend has no such kernel: its module must have been imported
 */
export function replaceKernel(name: string, twinOf: (stock: KernelFunc) => KernelFunc, backend: 'wasm' | 'webgpu' = 'wasm'): void {
  const key = `${backend} ${name}`;
  const known = stock.get(key) ?? getKernel(name, backend);
  if (!known) throw new Error(`the ${backend} backend has no ${name} to replace; import it first`);
  stock.set(key, known);
  unregisterKernel(name, backend);
  registerKernel({ ...known, kernelFunc: twinOf(known.kernelFunc) });
}
