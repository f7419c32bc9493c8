import { expect, it } from 'vitest';
import { growingFloats, growingInts } from './growing';

it.each([0, 70_000, 300_000])('gives back what was pushed, across its blocks, when %i were expected', (room) => {
  const list = growingFloats(room);
  const count = 200_003;
  for (let i = 0; i < count; i++) list.push(Math.sin(i));
  const expected = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
  expect(list.length).toBe(count);
  expect(list.at(65_536)).toBe(expected[65_536]);
  expect(list.all()).toEqual(expected);
  for (const [from, to] of [[0, 3], [65_530, 65_536], [65_536, 65_540], [65_530, 140_000], [count - 1, count], [7, 7]]) {
    const target = new Float64Array(to - from + 2);
    list.copy(from, to, target, 1);
    expect(target.subarray(1, 1 + to - from)).toEqual(expected.subarray(from, to));
    expect([target[0], target[target.length - 1]]).toEqual([0, 0]);
  }
});

it('forgets the last ones when it is made shorter', () => {
  const list = growingInts();
  for (let i = 0; i < 70_000; i++) list.push(i);
  list.length = 65_535;
  list.push(-1);
  list.push(-2);
  expect(list.length).toBe(65_537);
  expect([list.at(65_534), list.at(65_535), list.at(65_536)]).toEqual([65_534, -1, -2]);
});

it('gives its own array away where as many came as were expected, and no array much larger than what is in it', () => {
  const bytesHeld = (count: number, expected: number): number => {
    const list = growingFloats(expected);
    for (let i = 0; i < count; i++) list.push(i);
    return list.all().buffer.byteLength;
  };
  expect(bytesHeld(95, 100)).toBe(800);
  expect(bytesHeld(20, 100)).toBe(160);
  expect(bytesHeld(120, 100)).toBe(960);
});
