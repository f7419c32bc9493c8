import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withNextFrame } from './withNextFrame';

let frames: Map<number, () => void>;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new Map();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frames.set(1, callback);
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => frames.delete(handle));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('calls back once, with the next frame', () => {
  const called = vi.fn();
  withNextFrame(called);
  expect(called).not.toHaveBeenCalled();
  frames.get(1)!();
  vi.runAllTimers();
  expect(called).toHaveBeenCalledTimes(1);
});

test('calls back without a frame where the page is hidden, and not again when it is shown', () => {
  const called = vi.fn();
  withNextFrame(called);
  vi.runAllTimers();
  expect(called).toHaveBeenCalledTimes(1);
  expect(frames.size).toBe(0);
});
