import { expect, it } from 'vitest';
import { fileMark } from './fileMark';

it('tells files apart without their names', () => {
  expect(fileMark('a.csv')).toBe(fileMark('a.csv'));
  expect(fileMark('a.csv')).not.toBe(fileMark('b.csv'));
  expect(fileMark('canary.csv')).toMatch(/^[0-9a-f]{1,8}$/);
});
