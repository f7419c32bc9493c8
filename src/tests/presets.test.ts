import { expect, it } from 'vitest';
import { defaultOptions, methodEntry, methods, presetOf, type MethodId } from '../core/catalog';
import { checkOptions } from '../engine/run/spec';

it.each((Object.keys(methods) as MethodId[]).filter((id) => methodEntry(id).presets))('has presets of %s that differ and are in range', (id) => {
  expect(presetOf(id, defaultOptions(id))).toBeNull();
  for (const name of Object.keys(methodEntry(id).presets!)) {
    const options = checkOptions(id, defaultOptions(id, name));
    expect(presetOf(id, options)).toBe(name);
  }
});
