import { expect, test } from 'vitest';
import { looksLikeTable } from './looksLikeTable';

test('takes lines of cells', () => {
  expect(looksLikeTable('id,1,2\na,3,4\n')).toBe(true);
  expect(looksLikeTable('a\t1\r\nb\t2')).toBe(true);
});

test('leaves a word, a line and prose alone', () => {
  expect(looksLikeTable('a,b,c')).toBe(false);
  expect(looksLikeTable('first line\nsecond line')).toBe(false);
  expect(looksLikeTable('')).toBe(false);
});
