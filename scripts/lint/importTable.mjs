/**
 * Who may import whom. One row a folder or file; the longest matching path is a file's row. A name ending in
 * `/` is a folder, any other a module without its extension. The module of a
 * folder row may import all of its folder; a row of one file names everything.
 */

/**
 * @typedef {object} Row
 * @property {string} of the folder or module the row is about, from `src/`
 * @property {string[]} [may] own modules it may import
 * @property {string[]} [types] own modules of which it may import types only
 * @property {string[]} [packages] packages it may import; `node:` stands for all of Node
 */

const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'];
const plain = ['core/lib/', 'core/series/'];
const contracts = ['core/run', 'core/catalog'];
/** What a panel or a chart may know of the rooms below: words for data, never code. */
const below = ['core/', 'engine/protocol'];
const react = ['react', 'react-dom'];

/** @type {Row[]} */
export const importTable = [
  { of: 'main', may: ['ui/app/'], packages: react },

  { of: 'core/lib/' },
  { of: 'core/series/', may: ['core/lib/'], packages: ['papaparse'] },
  { of: 'core/imputation/', may: plain },
  { of: 'core/preparation/', may: plain, types: contracts, packages: ['ml-matrix'] },
  { of: 'core/distances/', may: [...plain, 'core/imputation/'] },
  { of: 'core/clustering/', may: [...plain, 'core/imputation/', 'core/distances/'] },
  { of: 'core/projection/', may: [...plain, 'core/imputation/', 'core/distances/', 'core/clustering/'] },
  { of: 'core/metrics/', may: [...plain, 'core/imputation/', 'core/distances/', 'core/clustering/', 'core/projection/'] },
  { of: 'core/nn/', may: [...plain, 'core/imputation/', 'core/clustering/', 'core/metrics/', 'core/run'], types: contracts, packages: ['@tensorflow/tfjs-core'] },
  { of: 'core/nn/kernels/', may: [...plain, 'core/nn/gradients'], packages: tfjs },
  { of: 'core/classical/', may: [...plain, 'core/imputation/', 'core/distances/', 'core/clustering/', 'core/metrics/', 'core/projection/'], types: contracts },
  { of: 'core/catalog', may: ['core/catalog/'] },
  { of: 'core/catalog/' },
  { of: 'core/run', types: ['core/catalog', 'core/series/'] },
  { of: 'core/imputers', may: ['core/'] },
  { of: 'core/twoStage', may: ['core/'] },
  { of: 'core/partOf', may: ['core/run'] },
  { of: 'core/sweepMethod', may: ['core/'] },
  { of: 'core/methods', may: ['core/'] },

  { of: 'engine/', may: ['core/'] },
  { of: 'engine/protocol', types: ['core/'] },
  { of: 'engine/backend', may: ['core/', 'engine/'], packages: tfjs },
  { of: 'engine/backend/', may: ['core/', 'engine/'], packages: tfjs },
  { of: 'engine/client/page', may: ['engine/', 'core/'], packages: ['@tensorflow/tfjs-backend-wasm'] },
  { of: 'cli/', may: ['core/', 'engine/'], packages: ['node:'] },
  { of: 'cli/kernelThread', may: ['engine/'], packages: ['node:', 'tsx'] },

  { of: 'ui/store/', may: ['engine/client', 'engine/protocol', 'core/catalog', 'core/lib/'], types: ['core/', 'engine/'], packages: ['zustand', 'react'] },
  { of: 'ui/charts/', types: below, packages: react },
  { of: 'ui/charts/Plot', may: ['ui/charts/'], types: below, packages: [...react, 'plotly.js'] },
  { of: 'ui/widgets/', packages: [...react, 'lucide-react'] },
  { of: 'ui/panels/', may: ['ui/store/', 'ui/charts/', 'ui/widgets/', 'core/catalog', 'core/lib/'], types: below, packages: [...react, 'lucide-react', '@tanstack/react-virtual'] },
  { of: 'ui/app/', may: ['ui/panels/', 'ui/widgets/', 'ui/store/', 'core/catalog', 'core/lib/'], types: below, packages: [...react, 'lucide-react'] },
];

/** Packages that live in one file, wherever the folder's row stands. @type {Record<string, RegExp>} */
export const oneHome = {
  'ml-matrix': /^core\/(nn|projection|clustering|preparation)\//,
  'umap-js': /^core\/projection\/umap$/,
  'tsne-js': /^core\/projection\/tsneJs$/,
  'plotly.js': /^ui\/charts\//,
  zustand: /^ui\/store\//,
  papaparse: /^core\/series\//,
};

/** @param {string} module from `src/`, without extension */
function rowOf(module) {
  return importTable.filter(({ of }) => covers(of, module)).sort((a, b) => b.of.length - a.of.length)[0];
}

/** @param {string} name of a row or in a row @param {string} module */
function covers(name, module) {
  return name.endsWith('/') ? `${module}/`.startsWith(name) : module === name;
}

/**
 * Why a module may not import another, or null when it may.
 * @param {string} module the importer, from `src/`, without extension: `core/lib/matrix`
 * @param {string} target a module from `src/` without extension, or, with `isPackage`, the name of a package
 * @param {{ typesOnly?: boolean, isPackage?: boolean }} [how]
 */
export function objection(module, target, { typesOnly = false, isPackage = false } = {}) {
  const row = rowOf(module);
  if (row === undefined) return `src/${module} has no row in scripts/lint/importTable.mjs.`;
  const { of, may = [], types = [], packages = [] } = row;
  if (isPackage) {
    const home = oneHome[target];
    const allowed = home ? home.test(module) : packages.includes(target) || (target.startsWith('node:') && packages.includes('node:'));
    return allowed ? null : `${of} may not import the package ${target}.`;
  }
  if ([of, ...may].some((name) => covers(name, target))) return null;
  if (!types.some((name) => covers(name, target))) return `${of} may not import ${target}.`;
  return typesOnly ? null : `${of} may import only types of ${target}.`;
}
