/** wasm-bhtsne beside ours in one page of Chromium: it needs workers and shared memory, so a page that is cross-origin isolated. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerPackage } from './peerPackage';
import { bundle, openBrowser } from './webgpu/browser';

export const BHTSNE = { name: 'wasm-bhtsne', version: '1.2.5' };
const MAIN = 'wasm_bhtsne.js';
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const LIMIT_MS = 900_000;

/** Milliseconds of a step by the clock, affinities too, one thread each. */
export interface PageTimes {
  n: number;
  ours: number;
  theirs: number;
}

/** @returns the times for each of `sizes`, or in words why there are none */
export async function bhtsneSide(sizes: readonly number[]): Promise<PageTimes[] | string> {
  const address = peerPackage(BHTSNE.name, BHTSNE.version, MAIN);
  if (address === null) return 'the package cannot be had';
  const browser = await openBrowser();
  if (browser === null) return 'it runs only in a browser, and there is no Chromium';
  const server = serveWith(dirname(fileURLToPath(address)), await bundle('../projectionSide.ts'));
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/page.html`);
    const run = page.evaluate((given) => new Promise<PageTimes[]>((done, fail) => {
      const worker = new Worker('/side.js', { type: 'module' });
      worker.onmessage = ({ data }) => done(data as PageTimes[]);
      worker.onerror = ({ message }) => fail(new Error(message));
      worker.postMessage(given, { transfer: [] });
    }), [...sizes]);
    const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error('it does not end')), LIMIT_MS).unref());
    return await Promise.race([run, late]);
  } catch (error) {
    return (error as Error).message;
  } finally {
    await browser.close();
    server.close();
  }
}

/** The package's own files, and ours. Its workers import the folder of the package, which stands for its main file. */
function serveWith(folder: string, side: string) {
  const own: Record<string, string> = { '/page.html': '<!doctype html>', '/side.js': side };
  return createServer(({ url = '/' }, response) => {
    const file = url === '/' ? MAIN : url;
    const type = file.endsWith('.wasm') ? 'application/wasm' : file.endsWith('.js') ? 'text/javascript' : 'text/html';
    try {
      const body = own[file] ?? readFileSync(join(folder, file));
      response.writeHead(200, { ...ISOLATED, 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404, ISOLATED).end();
    }
  }).listen(0, 'localhost');
}
