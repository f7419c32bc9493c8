import { expect, test } from 'vitest';
import { Random } from '../../../core/lib/random';
import { easeFrame, type Frame, frameOf, frameRanges } from './frame';

const cloud = (seed: number, spread: number, shift: number): Float32Array => {
  const random = new Random(seed);
  return Float32Array.from({ length: 200 }, () => random.normal() * spread + shift);
};

const holds = (frame: Frame, map: Float32Array): boolean => {
  for (let i = 0; i < map.length; i += 2) {
    if (Math.abs(map[i] - frame.x) > frame.half || Math.abs(map[i + 1] - frame.y) > frame.half) return false;
  }
  return true;
};

test('frames all points that are finite', () => {
  expect(frameOf(Float32Array.of(0, 0, 10, 4, Number.NaN, 3))).toEqual({ x: 5, y: 2, half: 5.4 });
  expect(frameOf(Float32Array.of(Number.NaN, 1))).toBeNull();
});

test('a map of one point still has an extent', () => {
  expect(frameOf(Float32Array.of(3, 3))).toEqual({ x: 3, y: 3, half: 1 });
});

test('no point ever falls out of the eased frame', () => {
  let frame: Frame | null = null;
  for (let epoch = 0; epoch < 60; epoch++) {
    const map = cloud(epoch + 1, 1 + (epoch % 7), (epoch % 5) - 2);
    frame = easeFrame(frame, frameOf(map) as Frame);
    expect(holds(frame, map)).toBe(true);
  }
});

test('the frame does not move when the points do not', () => {
  const target = frameOf(cloud(1, 1, 0)) as Frame;
  let frame = target;
  for (let i = 0; i < 5; i++) frame = easeFrame(frame, target);
  expect(frame.half).toBeCloseTo(target.half, 12);
});

test('a shrinking map pulls the frame in slowly', () => {
  const next = easeFrame({ x: 0, y: 0, half: 10 }, { x: 0, y: 0, half: 5 });
  expect(next.half).toBeGreaterThan(9);
  expect(next.half).toBeLessThan(10);
});

test('another projection, of another size, is framed at once', () => {
  expect(easeFrame({ x: 0, y: 0, half: 1 }, { x: 5, y: 5, half: 40 })).toEqual({ x: 5, y: 5, half: 40 });
});

test('one unit is as long across as it is up', () => {
  const { x, y } = frameRanges({ x: 1, y: 2, half: 3 }, 600, 200);
  expect((x[1] - x[0]) / 600).toBeCloseTo((y[1] - y[0]) / 200, 12);
  expect(y).toEqual([-1, 5]);
});
