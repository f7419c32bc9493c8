import { defineConfig } from '@playwright/test';
import { browserArgs, findBrowser } from '../scripts/findBrowser.mjs';
import type { Options } from './fixtures';

const port = Number(process.env.E2E_PORT ?? 4174);

export default defineConfig<Options>({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  forbidOnly: !!process.env.CI,
  // Ample: the software GPU takes half a minute for its first batch, and much longer on a busy machine.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    actionTimeout: 30_000,
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      // No name but this computer's resolves, whatever asks.
      args: [...browserArgs, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
    },
  },
  projects: [
    { name: 'webgpu', testMatch: ['journey.spec.ts', 'gpu.spec.ts'], timeout: 600_000, use: { backend: 'webgpu' } },
    { name: 'wasm', testIgnore: ['gpu.spec.ts'], use: { backend: 'wasm' } },
  ],
  webServer: { command: 'node scripts/serve.mjs', cwd: '..', port, env: { PORT: String(port) }, reuseExistingServer: false },
});
