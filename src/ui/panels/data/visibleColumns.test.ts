import { expect, it } from 'vitest';
import type { ColumnRole } from '../../../core/series/reading/plan';
import { visibleColumns } from './visibleColumns';

it('shows all of a narrow file', () => {
  expect(visibleColumns(['id', 'value', 'label'])).toEqual([0, 1, 2].map((index) => ({ kind: 'column', index })));
});

it('keeps columns that are not values in sight, wherever they stand, and counts the rest', () => {
  const roles: ColumnRole[] = Array.from({ length: 200 }, (_, i) => (i === 0 ? 'id' : i === 120 ? 'label' : 'value'));
  const columns = visibleColumns(roles, 8);
  const shown = columns.flatMap((column) => (column.kind === 'column' ? [column.index] : []));
  const hidden = columns.reduce((sum, column) => sum + (column.kind === 'hidden' ? column.count : 0), 0);
  expect(shown).toEqual([0, 1, 2, 3, 120, 198, 199]);
  expect(shown.length + hidden).toBe(200);
});
