/** `npm run docs`: writes docs/methods.md, and the methods table of the README, from the catalog. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from '../src/core/catalog';
import { methodsPage, withMethodsTable } from './docsMethods';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');
writeFileSync(join(root, 'docs/methods.md'), methodsPage(methods));
writeFileSync(readme, withMethodsTable(readFileSync(readme, 'utf8'), methods));
