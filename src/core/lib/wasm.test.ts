import { describe, expect, it } from 'vitest';
import { bytesOfBase64, growTo, wasmMemory } from './wasm';

describe('wasm memory', () => {
  it('grows to hold what is asked for and never shrinks', () => {
    const memory = wasmMemory(1);
    expect(memory.buffer.byteLength).toBe(65536);
    growTo(memory, 65537);
    expect(memory.buffer.byteLength).toBe(131072);
    growTo(memory, 5);
    expect(memory.buffer.byteLength).toBe(131072);
  });

  it('reads base64', () => {
    expect([...bytesOfBase64('AP+A')]).toEqual([0, 255, 128]);
  });
});
