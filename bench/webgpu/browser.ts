/** A Chromium with the sides of a bench in pages of its own, served from memory. */
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { browserArgs, findBrowser } from '../../scripts/findBrowser.mjs';

const ORIGIN = 'http://localhost';

/** ADAPTER=hardware leaves the adapter to the browser; else it is the software one. */
export const hardware = process.env.ADAPTER === 'hardware';

/** The program `entry` of this folder as one module. */
export async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '../..'),
    build: { write: false, target: 'es2022', minify: false, modulePreload: false, rolldownOptions: { input: join(import.meta.dirname, entry), output: { codeSplitting: false } } },
  });
  const [{ output }] = [built].flat() as { output: { type: string; code?: string }[] }[];
  return output.find(({ type }) => type === 'chunk')!.code!;
}

/** Opens Chromium, or null where there is none. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = findBrowser();
  if (executablePath === null) return null;
  const software = browserArgs.filter((argument) => !hardware || !argument.includes('swiftshader'));
  const vulkan = process.platform === 'linux' ? ['--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface'] : [];
  const extra = hardware ? ['--enable-gpu', '--ignore-gpu-blocklist', ...vulkan] : [];
  return chromium.launch({ executablePath, args: [...software, ...extra] });
}

/** A page that runs the program `entry` of this folder. */
export async function openPage(browser: Browser, entry: string): Promise<Page> {
  const code = await bundle(entry);
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.route(`${ORIGIN}/**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="/side.js"></script>' }),
  );
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => 'side' in window);
  return page;
}
