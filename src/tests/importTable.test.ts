import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { objection } from '../../scripts/lint/importTable.mjs';
import { judge } from '../../scripts/lint/plugin.mjs';

const src = fileURLToPath(new URL('..', import.meta.url));

it.each([
  ['core/lib/matrix.ts', '../series/SeriesSet'],
  ['core/series/gaps.ts', '../clustering/kMeans'],
  ['core/clustering/kMeans.ts', '../metrics/purity'],
  ['core/nn/models/crli.ts', '../../../engine/protocol'],
  ['core/nn/models/crli.ts', '../../projection/pca'],
  ['core/run.ts', '../engine/protocol'],
  ['engine/runner.ts', '../ui/store/store'],
  ['engine/protocol.ts', './backend'],
  ['ui/charts/theme.ts', '../store/store'],
  ['ui/widgets/Button.tsx', '../store/store'],
  ['ui/panels/map/figure.ts', '../../../engine/client'],
  ['ui/panels/map/figure.ts', '../../../core/metrics/purity'],
  ['ui/app/App.tsx', '../../engine/client'],
])('forbids %s to import %s', (file, specifier) => {
  expect(judge(src + file, specifier, false)).toMatch(/may not import|may import only types/);
});

it.each([
  ['core/series/SeriesSet.ts', '@tensorflow/tfjs-core'],
  ['core/clustering/kMeans.ts', 'papaparse'],
  ['core/projection/pca.ts', 'tsne-js'],
  ['engine/runner.ts', '@tensorflow/tfjs-core'],
  ['ui/panels/map/MapPanel.tsx', 'plotly.js/lib/core'],
  ['ui/panels/map/MapPanel.tsx', 'zustand'],
  ['ui/widgets/Button.tsx', 'zustand/react'],
  ['core/lib/random.ts', 'node:crypto'],
])('keeps packages at home: %s may not import %s', (file, specifier) => {
  expect(judge(src + file, specifier, false)).toContain('may not import the package');
});

it.each([
  ['core/clustering/kMeans.ts', '../lib/random', false],
  ['core/nn/kernels/gapAwareGru/index.ts', '@tensorflow/tfjs-core', false],
  ['engine/runner.ts', '../core/methods', false],
  ['engine/backend.ts', '@tensorflow/tfjs-backend-webgpu', false],
  ['ui/store/store.ts', '../../engine/client', false],
  ['ui/panels/map/figure.ts', '../../../core/series/SeriesSet', true],
  ['ui/panels/map/figure.test.ts', '../../../core/metrics/purity', false],
  ['cli/index.ts', 'node:fs', false],
])('lets %s import %s', (file, specifier, typesOnly) => {
  expect(judge(src + file, specifier, typesOnly)).toBeNull();
});

it('lets a value through only where types are not the limit', () => {
  expect(objection('ui/charts/clusterColours', 'core/run', { typesOnly: true })).toBeNull();
  expect(objection('ui/charts/clusterColours', 'core/run')).toBe('ui/charts/ may import only types of core/run.');
});
