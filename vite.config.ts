/// <reference types="vitest/config" />
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { browserArgs, findBrowser } from './scripts/findBrowser.mjs';
import { headersFile, isolation, metaPolicy } from './scripts/servePolicy.mjs';

/** Puts the page's policy into the built page, for hosts that send no headers, and writes `_headers` for those that read it. */
function securityHeaders(): Plugin {
  return {
    name: 'security-headers',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy }, injectTo: 'head-prepend' }],
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(['index.html', ...Object.keys(bundle)].filter((file, i, all) => all.indexOf(file) === i)) });
      },
    },
  };
}

/** Plotly's registry asks for the style sheet of its maps, which we leave out: 80 kB that nothing would use. */
function withoutMapStyles(): Plugin {
  return {
    name: 'without-map-styles',
    enforce: 'pre',
    resolveId: (id) => (id === 'maplibre-gl/dist/maplibre-gl.css' ? '\0no-map-styles' : undefined),
    load: (id) => (id === '\0no-map-styles' ? 'export default "";' : undefined),
  };
}

/** Notes in `.cache/chunks.json` which modules went into which file, for the tests of the built app. */
function chunkList(): Plugin {
  return {
    name: 'chunk-list',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, { imports: file.imports, modules: file.moduleIds.map((id) => relative(import.meta.dirname, id)) }] as const] : []));
      mkdirSync('.cache', { recursive: true });
      writeFileSync('.cache/chunks.json', JSON.stringify(Object.fromEntries(chunks), null, 1));
    },
  };
}

export default defineConfig({
  plugins: [react(), securityHeaders(), withoutMapStyles(), chunkList()],
  // Policies are given by file name: `assets/engine.worker-<hash>.js`.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } } },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2022', chunkSizeWarningLimit: 6000, modulePreload: { polyfill: false } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], exclude: ['src/**/*.browser.test.ts'], environment: 'node', testTimeout: 120_000 },
      },
      {
        extends: true,
        // found late, since they are imported on demand: bundling them then would reload the test
        optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu', 'ml-matrix', 'papaparse'] },
        test: {
          name: 'browser',
          testTimeout: 120_000,
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: { executablePath: process.env.VITEST ? (findBrowser() ?? undefined) : undefined, args: browserArgs },
            }),
          },
        },
      },
    ],
  },
});
