import { expect, it } from 'vitest';
import { methodEntry, methods, type MethodId } from './catalog';
import { implementations } from './methods';

it.each(Object.keys(methods) as MethodId[])('offers at rest what the catalog says of %s', (id) => {
  expect(implementations[id].relevance !== undefined).toBe(methodEntry(id).relevance !== undefined);
});
