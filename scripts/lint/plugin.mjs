/** The linter's rules of the house: the import table, and no waiting for the GPU. */
import { dirname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objection } from './importTable.mjs';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** @param {string} path */
const withoutExtension = (path) => path.replace(/\?.*$/, '').replace(/\.(tsx?|mjs|css|json|wgsl)$/, '');

/**
 * What is wrong with one import of one file, or null.
 * @param {string} file absolute path @param {string} specifier as written @param {boolean} typesOnly
 */
export function judge(file, specifier, typesOnly) {
  const from = relative(src, file).split(sep).join('/');
  if (from.startsWith('..') || /\.test\.tsx?$/.test(from) || from.startsWith('tests/') || from.includes('/assembly/')) return null;
  if (specifier.endsWith('.css')) return null;
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(dirname(from).split(sep).join('/'), specifier));
    return objection(withoutExtension(from), withoutExtension(target), { typesOnly });
  }
  return objection(withoutExtension(from), packageOf(specifier), { typesOnly, isPackage: true });
}

/** @param {string} specifier `plotly.js/lib/core` */
function packageOf(specifier) {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

const importTableRule = {
  create(/** @type {any} */ context) {
    const look = (/** @type {any} */ node, /** @type {any} */ source, /** @type {boolean} */ typesOnly) => {
      if (typeof source?.value !== 'string') return;
      const message = judge(context.filename, source.value, typesOnly);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: (/** @type {any} */ node) => look(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (/** @type {any} */ node) => look(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (/** @type {any} */ node) => look(node, node.source, node.exportKind === 'type'),
      ImportExpression: (/** @type {any} */ node) => look(node, node.source, false),
      NewExpression: (/** @type {any} */ node) => {
        // new URL('./x.worker.ts', import.meta.url)
        if (node.callee?.name === 'URL' && node.arguments.length === 2) look(node, node.arguments[0], false);
      },
    };
  },
};

/** On WebGPU a synchronous read holds the thread until the GPU is done. */
const noSyncReadRule = {
  create(/** @type {any} */ context) {
    const from = relative(src, context.filename).split(sep).join('/');
    if (from.startsWith('..') || from.startsWith('tests/') || /\.test\.tsx?$/.test(from)) return {};
    return {
      MemberExpression: (/** @type {any} */ node) => {
        const name = node.property?.name;
        if (name === 'dataSync' || name === 'arraySync' || name === 'readSync') context.report({ node, message: `${name} blocks on WebGPU; await data() or array() instead.` });
      },
    };
  },
};

export default { meta: { name: 'house' }, rules: { 'import-table': importTableRule, 'no-sync-read': noSyncReadRule } };
