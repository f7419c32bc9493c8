import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type KernelFunc } from '@tensorflow/tfjs-core';

/** tfjs's own, by name: a second replacement takes the place of the first. */
const stock = new Map<string, KernelConfig>();

/**
 * Puts a twin in the place of a kernel of tfjs's wasm backend; `twinOf` gets the stock kernel, for what the twin does not do.
 * @throws Error when the backend has no such kernel: its module must have been imported
 */
export function replaceKernel(name: string, twinOf: (stock: KernelFunc) => KernelFunc): void {
  const known = stock.get(name) ?? getKernel(name, 'wasm');
  if (!known) throw new Error(`the wasm backend has no ${name} to replace; import it first`);
  stock.set(name, known);
  unregisterKernel(name, 'wasm');
  registerKernel({ ...known, kernelFunc: twinOf(known.kernelFunc) });
}
