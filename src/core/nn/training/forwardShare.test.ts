import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { forwardShare } from './forwardShare';

const one = (mask: number[], start = 0, end = mask.length) => ({ t: mask.length, d: 1, mask: Uint8Array.from(mask), starts: Int32Array.of(start), ends: Int32Array.of(end) });
const shares = (mask: number[], start?: number, end?: number): number[] => Array.from(forwardShare(one(mask, start, end), Int32Array.of(0), 1), (value) => Number(value.toFixed(6)));

describe('forwardShare', () => {
  it('falls over a gap from the side that was seen last to the other', () => {
    expect(shares([1, 0, 0, 0, 1])).toEqual([0.8, 0.75, 0.5, 0.25, 0.2]);
  });

  it('is a half for complete series, outside a series and in padding', () => {
    expect(shares([1, 1, 1])).toEqual([0.5, 0.5, 0.5]);
    expect(shares([0, 1, 1, 0], 1, 3)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(Array.from(forwardShare(one([1, 0, 1]), Int32Array.of(0), 2).slice(3))).toEqual([0.5, 0.5, 0.5]);
  });

  it('counts the ends of a series as seen', () => {
    expect(shares([0, 0, 0])).toEqual([0.75, 0.5, 0.25]);
    expect(shares([0, 0, 0, 0, 0], 1, 4)).toEqual([0.5, 0.75, 0.5, 0.25, 0.5]);
  });

  it('is that of each variable of each series by itself, and mirrors with time', () => {
    const [n, T, D] = [4, 9, 3];
    const random = new Random(3);
    const mask = Uint8Array.from({ length: n * T * D }, () => (random.uniform() < 0.5 ? 1 : 0));
    const ends = new Int32Array(n).fill(T);
    const order = Int32Array.of(2, 0, 3);
    const all = forwardShare({ t: T, d: D, mask, starts: new Int32Array(n), ends }, order, 4);
    order.forEach((i, b) => {
      for (let j = 0; j < D; j++) {
        const line = Array.from({ length: T }, (_, t) => mask[(i * T + t) * D + j]);
        const found = line.map((_, t) => Number(all[(b * T + t) * D + j].toFixed(6)));
        expect(found).toEqual(shares(line));
        expect(shares([...line].reverse()).reverse().map((value) => Number((1 - value).toFixed(6)))).toEqual(found);
      }
    });
  });
});
