import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it, vi } from 'vitest';
import { bytesOfBase64, isShared, type WasmMemory } from './wasm';
import { withSharedMemory } from './sharedMemory';
import { wasmBase64 } from '../nn/kernels/lstm/lstm.wasm';

const tfjs = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));

/** The imports that a module asks for, all of them functions that do nothing. */
function idle(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
  return imports;
}

it('changes one byte of tfjs’s binary, whose own memory then is one that threads share', async () => {
  const shared = withSharedMemory(tfjs);
  expect(shared.length).toBe(tfjs.length);
  expect(shared.filter((byte, at) => byte !== tfjs[at])).toEqual(Uint8Array.of(3));
  for (const [bytes, expected] of [[tfjs, false], [shared, true]] as const) {
    const module = await WebAssembly.compile(bytes as BufferSource);
    const { exports } = await WebAssembly.instantiate(module, idle(module));
    const memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
    expect(isShared(memory as unknown as WasmMemory)).toBe(expected);
  }
});

it('is seen where the engine hides SharedArrayBuffer, as WebKit may', () => {
  const limits = { initial: 1, maximum: 2 };
  const memories = [false, true].map((shared) => new WebAssembly.Memory({ ...limits, shared }) as unknown as WasmMemory);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(memories.map(isShared)).toEqual([false, true]);
  vi.unstubAllGlobals();
});

it('lets a kernel of ours import a shared memory, which it else refuses', async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 32768, shared: true });
  const plain = bytesOfBase64(wasmBase64.simd);
  await expect(WebAssembly.instantiate(plain as BufferSource, { env: { memory } })).rejects.toThrow(/shared/);
  const { instance } = await WebAssembly.instantiate(withSharedMemory(plain), { env: { memory } });
  expect(instance.exports.forward).toBeInstanceOf(Function);
});

it('refuses a module whose memory has no maximum, or that has none', () => {
  const header = [0, 97, 115, 109, 1, 0, 0, 0];
  expect(() => withSharedMemory(Uint8Array.from([...header, 5, 3, 1, 0, 1]))).toThrow('no memory with a maximum');
  expect(() => withSharedMemory(Uint8Array.from(header))).toThrow('no memory with a maximum');
});
