import { expect, test } from 'vitest';
import { smallSet } from '../../store/fixtures';
import { groupsOf, groupSizes, selectedFlags } from './groups';

test('groups by label where there are labels, else by cluster', () => {
  const clusters = Int32Array.of(2, 2, 0, 0, 0, 0);
  expect(groupsOf(smallSet(), 'label', clusters, 3)).toMatchObject({ by: 'label', count: 2, names: ['x', 'y'] });
  expect(groupsOf(smallSet(false), 'label', clusters, 3)).toMatchObject({ by: 'cluster', codes: clusters, count: 3, names: null });
});

test('before the first epoch no series has a cluster', () => {
  expect([...groupsOf(smallSet(), 'cluster', null, 3).codes]).toEqual([-1, -1, -1, -1, -1, -1]);
});

test('counts each group, those of none first, empty ones too', () => {
  expect([...groupSizes({ codes: Int32Array.of(0, -1, 2, 2), count: 3 })]).toEqual([1, 1, 0, 2]);
});

test('flags the selection, once for each', () => {
  const series = [1, 3];
  const flags = selectedFlags(4, series);
  expect([...(flags ?? [])]).toEqual([0, 1, 0, 1]);
  expect(selectedFlags(4, series)).toBe(flags);
  expect(selectedFlags(4, [])).toBeNull();
});
