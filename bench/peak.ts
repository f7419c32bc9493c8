/** The arithmetic peak of this machine at the SIMD width of WebAssembly: multiply-adds on registers alone. */
import asc from 'assemblyscript/asc';
import { wasmVariant } from '../src/core/lib/wasm';

const ACCUMULATORS = 12;
const LANES = 4;
const ROUNDS = 2_000_000;

/** Independent accumulators, so that no multiply-add waits for another. */
function source(relaxed: boolean): string {
  const names = Array.from({ length: ACCUMULATORS }, (_, i) => `a${i}`);
  const multiplyAdd = (a: string): string => (relaxed ? `f32x4.relaxed_madd(x, y, ${a})` : `f32x4.add(f32x4.mul(x, y), ${a})`);
  return `export function run(rounds: i32): f32 {
    const x = f32x4.splat(1.0000001); const y = f32x4.splat(1e-9);
    ${names.map((a, i) => `let ${a} = f32x4.splat(${i});`).join(' ')}
    for (let i = 0; i < rounds; i++) { ${names.map((a) => `${a} = ${multiplyAdd(a)};`).join(' ')} }
    return f32x4.extract_lane(${names.reduce((sum, a) => `f32x4.add(${sum}, ${a})`)}, 0);
  }`;
}

/** A function that measures the peak once, in GFLOP/s of processor time. */
export async function peakMeter(): Promise<() => number> {
  const relaxed = wasmVariant() === 'relaxed';
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(['peak.ts', '--outFile', 'peak.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd', ...(relaxed ? ['--enable', 'relaxed-simd'] : [])], {
    readFile: (name: string) => (name === 'peak.ts' ? source(relaxed) : null),
    writeFile: (name: string, contents: Uint8Array | string) => void (name === 'peak.wasm' && (bytes = contents as Uint8Array<ArrayBuffer>)),
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { abort: () => {} } });
  const run = instance.exports.run as (rounds: number) => number;
  run(ROUNDS);
  return () => {
    const started = process.cpuUsage();
    run(ROUNDS);
    const { user, system } = process.cpuUsage(started);
    return (2 * LANES * ACCUMULATORS * ROUNDS) / (1000 * (user + system));
  };
}
