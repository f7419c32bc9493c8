import { expect, it } from 'vitest';
import { methodEntry, methods, type MethodId } from '../../../core/catalog';
import { choiceText, optionText } from './optionText';

const options = (Object.keys(methods) as MethodId[]).flatMap((id) => Object.entries(methodEntry(id).options));

it.each(options)('has a Korean name and help for %s', (_key, option) => {
  const { label, doc, unit } = optionText(option, 'ko');
  expect(label).toMatch(/[가-힣]/);
  expect(doc).toMatch(/[가-힣]/);
  if (option.unit) expect(unit).not.toBe(option.unit);
});

it.each(options.filter(([key]) => key === 'imputer' || key === 'distance'))('tells in both languages what each choice of %s does', (_key, option) => {
  for (const choice of option.kind === 'choice' ? option.choices : []) {
    expect(choiceText(option, choice, 'en')).toMatch(/^[A-Z0-9].*\.$/);
    expect(choiceText(option, choice, 'ko')).toMatch(/[가-힣].*\.$/);
  }
});
