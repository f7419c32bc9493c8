import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { methodsPage, withMethodsTable } from '../../scripts/docsMethods';
import { methods } from '../core/catalog';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const links = (path: string) => [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target);

it('keeps docs/methods.md as the catalog says (npm run docs)', () => {
  expect(read('docs/methods.md')).toBe(methodsPage(methods));
});

it('keeps the methods table of the README as the catalog says (npm run docs)', () => {
  expect(read('README.md')).toBe(withMethodsTable(read('README.md'), methods));
  for (const { label, title } of Object.values(methods)) expect(read('README.md')).toContain(`| ${label} | ${title} |`);
});

it('names a source and a golden test that exist for each method', () => {
  for (const { source, golden } of Object.values(methods)) for (const path of [source, golden]) expect(existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url))), path).toBe(true);
});

it.each(['README.md', 'docs/architecture.md', 'docs/methods.md'])('links only to files that exist in %s', (page) => {
  const base = new URL(`../../${page}`, import.meta.url);
  expect(links(page).filter((target) => !existsSync(fileURLToPath(new URL(target, base))))).toEqual([]);
});

it('offers in the README only scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read('README.md').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
