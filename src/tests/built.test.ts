/** What the built app is made of. Needs `npm run build`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { headersFor, metaPolicy } from '../../scripts/servePolicy.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const list = fileURLToPath(new URL('../../.cache/chunks.json', import.meta.url));
const built = existsSync(`${dist}index.html`) && existsSync(list);
const whenBuilt = it.skipIf(!built);

const page = built ? readFileSync(`${dist}index.html`, 'utf8') : '';
const chunks: Record<string, { imports: string[]; modules: string[] }> = built ? JSON.parse(readFileSync(list, 'utf8')) : {};
const scripts = built ? readdirSync(`${dist}assets`).filter((file) => file.endsWith('.js')).map((file) => `assets/${file}`) : [];

/** The scripts the browser loads before the page can run: those of index.html and what they import statically. */
function firstScripts(): string[] {
  const found = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]));
  for (const file of found) for (const next of chunks[file].imports) found.add(next);
  return [...found];
}

whenBuilt('loads the first page with less than 150 kB of compressed JavaScript', () => {
  const bytes = firstScripts().reduce((sum, file) => sum + gzipSync(readFileSync(dist + file)).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(150_000);
});

whenBuilt('loads tfjs and plotly after the first page', () => {
  const modules = firstScripts().flatMap((file) => chunks[file].modules);
  expect(modules).toContain('src/main.tsx');
  expect(modules.filter((id) => /@tensorflow|plotly\.js|tsne-js|papaparse|ml-matrix/.test(id))).toEqual([]);
});

whenBuilt('allows eval to one file', () => {
  const allowed = scripts.filter((file) => headersFor(`/${file}`)['Content-Security-Policy'].includes("'unsafe-eval'"));
  expect(allowed).toEqual([expect.stringMatching(/^assets\/reference\.worker-[^/]+\.js$/)]);
});

whenBuilt('carries the policy in the page for hosts that send no headers', () => {
  expect(page.replaceAll('&#39;', "'")).toContain(`<meta http-equiv="Content-Security-Policy" content="${metaPolicy}">`);
});

whenBuilt('holds no script and no style inside the page', () => {
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=/i);
});

whenBuilt('gives each file a rule of its own for static hosts', () => {
  const rules = readFileSync(`${dist}_headers`, 'utf8').split('\n').filter((line) => line.startsWith('/'));
  expect(new Set(rules).size).toBe(rules.length);
  for (const file of ['', 'index.html', ...scripts]) expect(rules).toContain(`/${file}`);
});
