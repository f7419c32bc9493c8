import { afterEach, expect, it, vi } from 'vitest';
import { workerThreads } from './worker';

afterEach(() => vi.unstubAllGlobals());

it('offers threads to an isolated page only, and not where WebKit hides what they share', () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 8 });
  expect(workerThreads(null)).toBeNull();
  vi.stubGlobal('crossOriginIsolated', true);
  expect(workerThreads(null)?.count).toBe(4);
  expect(workerThreads(2)?.count).toBe(2);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(workerThreads(2)).toBeNull();
});
