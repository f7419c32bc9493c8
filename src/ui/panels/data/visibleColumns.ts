import type { ColumnRole } from '../../../core/series/reading/plan';

/** A column of the file by index, or a stretch of columns that is not shown. */
export type ShownColumn = { kind: 'column'; index: number } | { kind: 'hidden'; count: number };

/**
 * Which columns a preview shows: the first and last few, and all that are not values, as only those tell
 * something new. Stretches left out become one entry.
 */
export function visibleColumns(roles: readonly ColumnRole[], most = 16): ShownColumn[] {
  if (roles.length <= most) return roles.map((_, index) => ({ kind: 'column', index }));
  const special = roles.flatMap((role, index) => (role === 'value' ? [] : [index])).slice(0, most);
  const head = Math.max(3, Math.floor(most / 2));
  const shown = [...new Set([...special, ...Array.from({ length: head }, (_, i) => i), roles.length - 2, roles.length - 1])].sort((a, b) => a - b);
  const columns: ShownColumn[] = [];
  let next = 0;
  for (const index of shown) {
    if (index > next) columns.push({ kind: 'hidden', count: index - next });
    columns.push({ kind: 'column', index });
    next = index + 1;
  }
  return columns;
}
