import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.ts$|\.wasm\.ts$|^tests\//.test(path));
const code = (path: string) => readFileSync(src + path, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

const withNetwork = /\b(fetch|importScripts|sendBeacon|XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|WebTransport|window\.open)\s*\(/;

it('calls the network from one place, for the one file of our own that workers may not fetch', () => {
  expect(sources.filter((path) => withNetwork.test(code(path)))).toEqual(['engine/client/page.ts']);
});

it('names no address of another host', () => {
  const named = sources.flatMap((path) => [...code(path).matchAll(/https?:\/\/[^\s'"`)]+/g)].map(([address]) => `${path}: ${address}`));
  expect(named.filter((line) => !line.includes('http://www.w3.org/'))).toEqual([]);
});
