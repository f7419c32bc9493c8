import { expect, it } from 'vitest';
import { defaultOptions, methodEntry, methods, type MethodId } from '../../../core/catalog';
import { choiceText, isRead, optionText } from './optionText';

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

it('leaves options aside that the chosen filling and distance do not read', () => {
  const shown = (method: MethodId, change: Record<string, string> = {}) => Object.entries(methodEntry(method).options).filter(([, option]) => isRead(option, { ...defaultOptions(method), ...change })).map(([key]) => key);
  expect(shown('kMedoids')).toEqual(['imputer', 'distance', 'restarts']);
  expect(shown('kMedoids', { imputer: 'seasonal', distance: 'softDtw' })).toEqual(['imputer', 'period', 'distance', 'gamma', 'restarts']);
  expect(shown('dtwKMeans', { imputer: 'nearestSeries' })).toEqual(['imputer', 'nearest', 'window', 'restarts']);
});

it('names in each condition an option of some method and one of its choices', () => {
  for (const [, { when }] of options) if (when) expect(options.some(([key, option]) => key === when.option && option.kind === 'choice' && option.choices.includes(when.is))).toBe(true);
});
