/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { headersFile, metaPolicy } from './scripts/servePolicy.mjs';

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

export default defineConfig({
  plugins: [react(), securityHeaders()],
  // Policies are given by file name: `assets/engine.worker-<hash>.js`.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } } },
  build: { target: 'es2022', chunkSizeWarningLimit: 6000, modulePreload: { polyfill: false } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], exclude: ['src/**/*.browser.test.ts'], environment: 'node' },
      },
    ],
  },
});
