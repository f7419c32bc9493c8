import { expect, test } from 'vitest';
import { groupColour, groupSymbol, NO_GROUP_COLOUR, SYMBOL_PATHS, SYMBOLS } from './colours';

test.each(['light', 'dark'] as const)('tells 30 clusters apart by colour and shape in the %s scheme', (scheme) => {
  const looks = Array.from({ length: 30 }, (_, k) => `${groupColour(k, scheme)} ${groupSymbol(k)}`);
  expect(new Set(looks).size).toBe(30);
});

test('neighbouring numbers differ in colour and in shape', () => {
  for (let k = 0; k < 60; k++) {
    expect(groupColour(k, 'light')).not.toBe(groupColour(k + 1, 'light'));
    expect(groupSymbol(k)).not.toBe(groupSymbol(k + 1));
  }
});

test('shows what has no group in a grey that no group has', () => {
  expect(groupColour(-1, 'light')).toBe(NO_GROUP_COLOUR);
  expect(Array.from({ length: 30 }, (_, k) => groupColour(k, 'dark'))).not.toContain(NO_GROUP_COLOUR);
});

test('draws every shape', () => {
  expect(Object.keys(SYMBOL_PATHS).sort()).toEqual([...SYMBOLS].sort());
});
