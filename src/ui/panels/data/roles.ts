import type { ColumnRole, ImportPlan, Layout } from '../../../core/series/reading/plan';

const ROLES: Record<Layout, readonly ColumnRole[]> = {
  wide: ['id', 'value', 'label', 'split', 'ignore'],
  wideByColumn: ['time', 'value', 'ignore'],
  long: ['id', 'time', 'variable', 'value', 'label', 'split', 'ignore'],
};

/** Roles that make sense in a layout, and the one the column has. */
export function rolesFor(layout: Layout, current: ColumnRole): ColumnRole[] {
  return ROLES[layout].includes(current) ? [...ROLES[layout]] : [...ROLES[layout], current];
}

/** The plan with another role for one column; a role only one column can have leaves the column that had it. */
export function withRole(plan: ImportPlan, column: number, role: ColumnRole): ImportPlan {
  const single = role === 'time' || role === 'variable' || role === 'label' || role === 'split';
  const roles = plan.roles.map((old, i) => (i === column ? role : single && old === role ? 'ignore' : old));
  return { ...plan, roles };
}

/** Numbers in a text, separated by anything that is no part of a number; null when something else is there. */
export function numbersIn(text: string): number[] | null {
  const parts = text.split(/[\s;]+/).filter((part) => part !== '');
  const numbers = parts.map((part) => Number(part.replace('−', '-')));
  return numbers.every(Number.isFinite) ? [...new Set(numbers)] : null;
}

/** Marks in a text, separated by commas; the empty cell is always among them. */
export function marksIn(text: string): string[] {
  return [...new Set(['', ...text.split(',').map((mark) => mark.trim())])];
}

/** Marks as a text that {@link marksIn} reads; the empty cell goes without saying. */
export function marksText(marks: readonly string[]): string {
  return marks.filter((mark) => mark !== '').join(', ');
}
