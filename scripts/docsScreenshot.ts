/** `npm run screenshot`: makes docs/screenshot.png from the built app (`npm run build` first). */
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { Workbench } from '../e2e/pages/Workbench';
import { browserArgs, getBrowser } from './findBrowser.mjs';
import { serve } from './serve.mjs';

const site = await serve({ port: 0 });
const browser = await chromium.launch({ executablePath: await getBrowser(), args: browserArgs });
const page = await browser.newPage({ baseURL: site.url, viewport: { width: 1440, height: 1250 }, locale: 'en-GB', colorScheme: 'light' });
const workbench = new Workbench(page, 'wasm');

await workbench.open();
await page.locator('[data-sample="cbf20"]').click();
await workbench.ready();
await workbench.set('Clusters', 3);
await workbench.set('Epochs', 40);
await workbench.train.click();
await workbench.go('Explore');
await workbench.reaches('done', 600_000);
await expect(workbench.panel('clusters').locator('.cluster-card')).toHaveCount(3);
await expect(page.locator('canvas.chart-canvas').first()).toBeVisible();
await page.waitForTimeout(4000);
await page.evaluate(() => window.scrollTo(0, 0));
await page.mouse.move(0, 0);
await page.screenshot({ path: join(import.meta.dirname, '../docs/screenshot.png') });
await browser.close();
await site.close();
