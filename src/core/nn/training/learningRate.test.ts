import { describe, expect, it } from 'vitest';
import { learningRate } from './learningRate';

describe('learning rate', () => {
  const at = (decay: string, progress: number): number => learningRate({ options: { learningRate: 0.01, decay } }, progress);
  it('falls along a half cosine from its start to 0', () => {
    expect(at('cosine', 0)).toBe(0.01);
    expect(at('cosine', 0.5)).toBeCloseTo(0.005, 12);
    expect(at('cosine', 1)).toBeCloseTo(0, 12);
  });
  it('stays when it shall not decay', () => expect(at('none', 0.7)).toBe(0.01));
});
