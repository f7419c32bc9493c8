import { expect, test } from 'vitest';
import { finish } from '../../charts/testing';
import { smallSet } from '../../store/fixtures';
import { missingByStep } from './shares';

test('a step counts the series that exist there, each variable for itself', () => {
  const set = { ...smallSet(), n: 2, t: 3, d: 2, mask: Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0), starts: Int32Array.of(0, 0), ends: Int32Array.of(3, 2) };
  expect([...finish(missingByStep(set))]).toEqual([0, 0.5, 1, 0.5, 0, 1]);
});

test('where no series exists there is no share', () => {
  const set = { ...smallSet(), n: 1, t: 2, d: 1, mask: Uint8Array.of(1, 0), starts: Int32Array.of(0), ends: Int32Array.of(1) };
  expect([...finish(missingByStep(set))]).toEqual([0, Number.NaN]);
});
