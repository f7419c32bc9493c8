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

  it('counts the steps and variables that the preparation leaves, and the largest set on the way', () => {
    const resampled = (length: number) => completeSpec({ ...spec, options: { batchSize: 8 }, preparation: { ...spec.preparation, steps: [{ step: 'resample', options: { by: 'lines', length } }] } });
    const [plain, shape] = [withOptions({ batchSize: 8 }), { n: 1000, t: 200, d: 1 }];
    expect(estimateMemory(shape, resampled(50)).batch).toBe(estimateMemory({ ...shape, t: 50 }, plain).batch);
    expect(estimateMemory(shape, resampled(50)).data).toBe(estimateMemory(shape, plain).data);
    expect(() => checkMemory(shape, plain)).not.toThrow();
    expect(() => checkMemory(shape, resampled(100_000))).toThrow(/fewer series, steps or variables/);
    const components = completeSpec({ ...spec, preparation: { ...spec.preparation, steps: [{ step: 'components', options: { count: 2 } }] } });
    expect(estimateMemory({ ...shape, d: 9 }, components).batch).toBe(estimateMemory({ ...shape, d: 2 }, withOptions({})).batch);
  });
});
