/** `npm run docs`: writes docs/methods.md from the catalog. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from '../src/core/catalog';
import { methodsPage } from './docsMethods';

writeFileSync(join(import.meta.dirname, '../docs/methods.md'), methodsPage(methods));
