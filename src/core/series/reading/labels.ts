import type { Labels } from '../SeriesSet';
import { isUnknownLabel } from './missing';

const collator = new Intl.Collator('en', { numeric: true });

/** Class texts as codes; names in natural order. Labels that are all numbers are told by value: `1.0` and `1` are one. */
export function makeLabels(name: string, texts: readonly string[]): Labels | null {
  const known = texts.map((text) => (isUnknownLabel(text) ? '' : text));
  const numeric = known.every((text) => text === '' || /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text));
  const plain = numeric ? known.map((text) => (text === '' ? '' : String(Number(text)))) : known;
  const names = [...new Set(plain.filter((text) => text !== ''))].sort(collator.compare);
  if (names.length === 0) return null;
  const codeOf = new Map(names.map((text, code) => [text, code]));
  return { name, names, codes: Int32Array.from(plain, (text) => codeOf.get(text) ?? -1) };
}
