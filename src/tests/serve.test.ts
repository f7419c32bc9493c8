import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { headersFile } from '../../scripts/servePolicy.mjs';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const dist = join(folder, 'dist');
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'), { recursive: true });
  for (const name of ['index.html', 'assets/index-a1.js', 'assets/engine.worker-a1.js', 'assets/reference.worker-a1.js', 'assets/x.wasm']) writeFileSync(join(dist, name), `the bytes of ${name}`);
  writeFileSync(join(folder, 'secret.txt'), 'not for serving');
  site = await serve({ folder: dist, port: 0 });
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/** Sends the path as it is, where fetch would tidy it. */
function get(path: string, method = 'GET'): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(site.url);
    request({ hostname, port, path, method }, (response) => {
      let body = '';
      response.on('data', (part) => (body += part));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body }));
    })
      .on('error', fail)
      .end();
  });
}

const policyOf = async (path: string) => (await get(path)).headers['content-security-policy'];

it('serves the page at the root with a policy that allows own files only', async () => {
  const { status, headers, body } = await get('/');
  expect([status, body, headers['content-type']]).toEqual([200, 'the bytes of index.html', 'text/html; charset=utf-8']);
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
});

it('gives every script a policy without network, and eval to the tsne-js reference alone', async () => {
  for (const path of ['/assets/index-a1.js', '/assets/engine.worker-a1.js', '/assets/reference.worker-a1.js']) expect(await policyOf(path)).toContain("connect-src 'none'");
  expect(await policyOf('/assets/engine.worker-a1.js')).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(await policyOf('/assets/engine.worker-a1.js')).not.toContain("'unsafe-eval'");
  expect(await policyOf('/assets/reference.worker-a1.js')).toContain("script-src 'self' 'unsafe-eval'");
  expect(await policyOf('/')).not.toContain('unsafe-eval');
});

it('isolates the page and every file, so that threads may share memory', async () => {
  for (const path of ['/', '/assets/engine.worker-a1.js', '/assets/x.wasm', '/missing']) {
    const { headers } = await get(path);
    expect([headers['cross-origin-opener-policy'], headers['cross-origin-embedder-policy']]).toEqual(['same-origin', 'require-corp']);
  }
});

it('serves wasm under its own type', async () => {
  expect((await get('/assets/x.wasm')).headers['content-type']).toBe('application/wasm');
});

it.each(['/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/assets', '/missing.js', '/%', '/%00'])('answers 404 for %s', async (path) => {
  const { status, body } = await get(path);
  expect([status, body]).toEqual([404, 'Not found\n']);
});

it('refuses to be written to', async () => {
  expect((await get('/', 'POST')).status).toBe(405);
});

it('says which option to change when the port is taken', async () => {
  const port = Number(new URL(site.url).port);
  await expect(serve({ folder: dist, port })).rejects.toThrow(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`);
});

it('writes one rule a file for static hosts, so that policies never add up', () => {
  const rules = headersFile(['index.html', 'assets/engine.worker-a1.js']).split('\n\n');
  expect(rules.map((rule) => rule.split('\n')[0])).toEqual(['/', '/index.html', '/assets/engine.worker-a1.js']);
  expect(rules[2]).toContain("\n  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'\n");
  for (const rule of rules) expect(rule).toContain('\n  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp');
});
