import { describe, expect, it } from 'vitest';
import { spec } from '../testing/fixtures';
import { checkMemory, estimateMemory } from './memory';
import { completeSpec } from './spec';

const MIB = 2 ** 20;
const withOptions = (options: object) => completeSpec({ ...spec, options: { ...options } });

describe('checkMemory', () => {
  it('lets a usual run pass', () => {
    expect(() => checkMemory({ n: 5000, t: 150, d: 1 }, withOptions({}))).not.toThrow();
  });

  it('names a batch that does fit', () => {
    const shape = { n: 2000, t: 1000, d: 3 };
    const tooLarge = withOptions({ batchSize: 1024, hiddenUnits: 256 });
    const attempt = (): void => checkMemory(shape, tooLarge, 1024 * MIB);
    expect(attempt).toThrow(/Choose a batch of (\d+) or less/);
    let suggested = 0;
    try {
      attempt();
    } catch (error) {
      suggested = Number(/batch of (\d+)/.exec((error as Error).message)?.[1]);
    }
    expect(() => checkMemory(shape, withOptions({ batchSize: suggested, hiddenUnits: 256 }), 1024 * MIB)).not.toThrow();
    expect(() => checkMemory(shape, withOptions({ batchSize: suggested + 1, hiddenUnits: 256 }), 1024 * MIB)).toThrow();
  });

  it('says that the data itself is too large', () => {
    expect(() => checkMemory({ n: 100_000, t: 5000, d: 10 }, withOptions({ batchSize: 1 }))).toThrow(/fewer series, steps or variables/);
  });

  it('never counts a batch larger than the data', () => {
    expect(estimateMemory({ n: 4, t: 10, d: 1 }, withOptions({ batchSize: 1000 }))).toEqual(estimateMemory({ n: 4, t: 10, d: 1 }, withOptions({ batchSize: 4 })));
  });
});
