/**
 * Compiles every `src/**\/assembly/index.ts` into `<parent>/<parent name>.wasm.ts`, a TypeScript module with the
 * bytes as base64, so that workers, Node and tests load it without a fetch. What is up to date is left alone.
 *
 * Usage: npm run build:wasm [-- --force --quiet]
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

/** The maximum lets a memory be shared between threads, see src/core/lib/sharedMemory.ts. */
const FLAGS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--maximumMemory', '65536', '--enable', 'simd', '--use', 'abort='];
const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache/wasm');

/** The same source for every engine with SIMD, and for those with relaxed SIMD (fused multiply-add). */
const VARIANTS = { simd: [], relaxed: ['--enable', 'relaxed-simd'] };

async function compile(entry: string, flags: string[]): Promise<Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([entry, '--baseDir', root, '--outFile', 'out.wasm', ...FLAGS, ...flags], {
    writeFile: (name: string, contents: Uint8Array | string) => void files.set(name, contents as Uint8Array),
  });
  if (error) throw new Error(`${entry}: ${error.message}\n${stderr.toString()}`);
  return files.get('out.wasm')!;
}

/** Changes when the flags, the compiler, or any AssemblyScript source changes. */
function fingerprint(sources: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([FLAGS, VARIANTS, asc.version]));
  for (const source of sources) hash.update(source).update(readFileSync(join(root, source)));
  return hash.digest('hex').slice(0, 16);
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\/assembly\/.*\.ts$/.test(path))
  .sort();
const shared = sources.filter((source) => source.startsWith('src/core/lib/assembly/'));
const entries = sources.filter((source) => source.endsWith('/assembly/index.ts') && !shared.includes(source));

for (const entry of entries) {
  const folder = dirname(entry);
  const parent = dirname(folder);
  const target = join(root, parent, `${basename(parent)}.wasm.ts`);
  const mark = `// ${fingerprint([...shared, ...sources.filter((source) => source.startsWith(`${folder}/`))])}`;
  if (!process.argv.includes('--force') && existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) continue;
  const started = performance.now();
  mkdirSync(cache, { recursive: true });
  const lines: string[] = [];
  let total = 0;
  for (const [variant, flags] of Object.entries(VARIANTS)) {
    const bytes = await compile(entry, flags);
    total += bytes.length;
    writeFileSync(join(cache, `${basename(parent)}.${variant}.wasm`), bytes);
    lines.push(`  ${variant}: '${Buffer.from(bytes).toString('base64')}',`);
  }
  writeFileSync(target, `${mark}\n/** Built from ${entry} by scripts/buildWasm.ts. */\nexport const wasmBase64 = {\n${lines.join('\n')}\n};\n`);
  if (!process.argv.includes('--quiet')) console.log(`${basename(target)}: ${total} bytes in ${Math.round(performance.now() - started)} ms`);
}
