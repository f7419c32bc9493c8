import { expect, it } from 'vitest';
import { methodEntry, methods, type MethodId } from '../../../core/catalog';
import { optionText } from './optionText';

const options = (Object.keys(methods) as MethodId[]).flatMap((id) => Object.entries(methodEntry(id).options));

it.each(options)('has a Korean name and help for %s', (_key, option) => {
  const { label, doc, unit } = optionText(option, 'ko');
  expect(label).toMatch(/[가-힣]/);
  expect(doc).toMatch(/[가-힣]/);
  if (option.unit) expect(unit).not.toBe(option.unit);
});
