import { expect, it } from 'vitest';
import { methodEntry, methods, type MethodId } from '../../core/catalog';
import { methodWords } from './methodWords';

it.each(Object.keys(methods) as MethodId[])('%s has its title and its losses in Korean', (id) => {
  const korean = [methodWords(id, 'ko').title, ...methodEntry(id).losses.flatMap(({ ko }) => [ko.label, ko.doc])];
  for (const text of korean) expect(text).toMatch(/[가-힣]/);
  expect(methodWords(id, 'en')).toMatchObject({ label: methodEntry(id).label, title: methodEntry(id).title });
});
