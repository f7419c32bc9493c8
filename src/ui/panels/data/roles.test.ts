import { describe, expect, it } from 'vitest';
import type { ImportPlan } from '../../../core/series/reading/plan';
import { marksIn, marksText, numbersIn, rolesFor, withRole } from './roles';

const plan = { layout: 'wide', roles: ['id', 'value', 'label', 'value'] } as unknown as ImportPlan;

describe('changing a role', () => {
  it('moves a role that only one column can have', () => {
    expect(withRole(plan, 3, 'label').roles).toEqual(['id', 'value', 'ignore', 'label']);
    expect(withRole({ ...plan, layout: 'long', roles: ['id', 'time', 'variable', 'value'] }, 3, 'variable').roles).toEqual(['id', 'time', 'ignore', 'variable']);
    expect([rolesFor('long', 'id').includes('variable'), rolesFor('wide', 'id').includes('variable')]).toEqual([true, false]);
  });

  it('leaves the other columns alone otherwise', () => {
    expect(withRole(plan, 0, 'value').roles).toEqual(['value', 'value', 'label', 'value']);
  });

  it('offers the current role even where the layout would not', () => {
    expect(rolesFor('wideByColumn', 'label')).toContain('label');
    expect(rolesFor('wide', 'value')).not.toContain('time');
  });
});

it('reads sentinels from a text, with a true minus sign too, and refuses words', () => {
  expect(numbersIn(' -999  −1 -1')).toEqual([-999, -1]);
  expect(numbersIn('')).toEqual([]);
  expect(numbersIn('-999 none')).toBeNull();
});

it('reads missing marks from a text, the empty one included', () => {
  expect(marksIn('NA, -, NA')).toEqual(['', 'NA', '-']);
  expect(marksIn(marksText(['na', '', '결측']))).toEqual(['', 'na', '결측']);
});
