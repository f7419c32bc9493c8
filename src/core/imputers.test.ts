import { describe, expect, it } from 'vitest';
import { defaultOptions } from './catalog';
import type { ImputerId } from './catalog/imputer';
import { imputers } from './imputers';
import { drainAsync } from './lib/drain';
import type { RunSpec, TrainingData } from './run';

/** One variable; null = missing. */
function data(rows: (number | null)[][], time?: number[]): TrainingData {
  const [n, t] = [rows.length, rows[0].length];
  const mask = Uint8Array.from(rows.flat(), (cell) => Number(cell !== null));
  return {
    n, t, d: 1, mask, values: Float32Array.from(rows.flat(), (cell) => cell ?? 777), starts: new Int32Array(n), ends: new Int32Array(n).fill(t),
    gaps: Uint32Array.from([...mask.keys()].filter((cell) => mask[cell] === 0)), ...(time && { time: Float64Array.from(time) }),
  };
}

function fill(imputer: ImputerId, on: TrainingData, options: RunSpec['options'] = {}): Promise<Float32Array> {
  const spec: RunSpec = { version: 1, method: 'kMeans', clusters: 2, seed: 1, epochs: 1, options: { ...defaultOptions('kMeans'), imputer, ...options }, preparation: { standardise: 'none' }, hideRate: 0 };
  return drainAsync(imputers[imputer](on, spec));
}

describe('an imputer by the options of a run', () => {
  it.each(['linear', 'spline'] as const)('fills on the times of the steps: %s', async (imputer) => {
    const rows = [[0, null, 8, 0]];
    expect((await fill(imputer, data(rows, [0, 1, 4, 5])))[1]).not.toBe((await fill(imputer, data(rows)))[1]);
  });

  it('fills a phase that no other step has on a straight line over time', async () => {
    expect((await fill('seasonal', data([[0, null, 8, 0]], [0, 1, 4, 5]), { period: 3 }))[1]).toBe(2);
  });

  it('says that a period is too long for any phase to come twice, and which would do', async () => {
    const on = data([[0, null, 8, 0, 8], [1, 2, 3, 4, 5]]);
    await expect(fill('seasonal', on, { period: 5 })).rejects.toThrow('The longest series has 5 steps, too few for seasonal filling by a period of 5: no phase comes twice. Choose a period of at most 2, or fill another way.');
    await expect(fill('seasonal', { ...on, ends: Int32Array.of(4, 3) }, { period: 4 })).rejects.toThrow('The longest series has 4 steps');
    await expect(fill('seasonal', data([[0, null, 8]]), { period: 3 })).rejects.toThrow('no phase comes twice. Fill another way.');
    await expect(fill('seasonal', data([[1, 2, 3, 4, 5]]), { period: 24 })).resolves.toEqual(Float32Array.of(1, 2, 3, 4, 5));
  });

  it('takes as many nearest series as the options say, five unless told otherwise', async () => {
    const on = data([[0, null], ...[1, 2, 3, 4, 5, 6, 7].map((value) => [value, value])]);
    expect((await fill('nearestSeries', on))[1]).toBe(3);
    expect((await fill('nearestSeries', on, { nearest: 1 }))[1]).toBe(1);
  });
});
