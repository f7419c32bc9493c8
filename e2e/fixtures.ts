import { expect, test as base } from '@playwright/test';
import { keepLedger, type Ledger } from './ledger';
import { Workbench } from './pages/Workbench';

export interface Options {
  backend: 'webgpu' | 'wasm' | 'cpu';
}

interface Fixtures {
  ledger: Ledger;
  workbench: Workbench;
}

/** Every test ends by asking: nothing asked of another host, no policy broken, no error. A test that means to do so empties that list. */
export const test = base.extend<Options & Fixtures>({
  backend: ['wasm', { option: true }],
  ledger: async ({ context, page, baseURL }, use) => {
    const ledger = await keepLedger(context, page, baseURL ?? '');
    await use(ledger);
    expect.soft(ledger.foreign, 'requests beyond own static files').toEqual([]);
    expect.soft(ledger.violations, 'broken policies').toEqual([]);
    expect.soft(ledger.errors, 'errors').toEqual([]);
  },
  workbench: async ({ page, backend, ledger: _ledger }, use) => {
    await use(new Workbench(page, backend));
  },
});

export { expect };
